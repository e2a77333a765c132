//! The example mapping of a gym, on the rows that its head comment describes.

use laer8_domain::records::Incoming;
use laer8_intake::{
    mapping::Mapping,
    reader::{FileReader, Outcome},
};

const FILES: [(&str, &str); 4] = [
    (
        "socios_2026.csv",
        "Nº socio;Nombre;Apellidos;Correo;Alta;Sede;Empresa\n17;Iñaki;Peña;inaki@x.test;03/04/2024;Bilbao;-\n18;Ana;Gil;-;01/05/2024;Bilbao;-\n",
    ),
    (
        "contratos.csv",
        "Contrato;Nº socio;Desde;Tarifa;Cuota;Periodo;Estado\nC1;17;03/04/2024;Básica;1.029,90 €;anual;activo\nC1;17;03/04/2025;;;;Baja\n",
    ),
    ("accesos.csv", "Nº socio;Entrada;Zona\n17;04/04/2024 07:30;piscina\n17;05/04/2024 07:31;\n"),
    ("encuesta.csv", "Respuesta;Nº socio;Fecha;Nota;Comentario\nR1;17;01/06/2024;9;\"Bien.\nMuy bien.\"\n"),
];

#[test]
fn the_rows_of_a_gym_become_accounts_people_subscriptions_usage_and_surveys() {
    let mapping =
        Mapping::parse(include_str!("../../../examples/gym.toml")).unwrap_or_else(|e| panic!("{e}"));
    let today = "2026-01-01".parse().expect("a day");
    let mut records: Vec<Incoming> = Vec::new();
    let mut left_out = 0;
    for (name, text) in FILES {
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0;
        for section in mapping.files_for(name) {
            let reader = FileReader::new(section, today, bytes.as_ref()).expect("a header");
            for outcome in reader {
                match outcome.expect("bytes") {
                    Outcome::Record(incoming, _) => records.push(incoming),
                    Outcome::LeftOut { .. } => left_out += 1,
                    Outcome::Refused(refusal) => panic!("{name}: {}", refusal.message()),
                }
            }
        }
    }
    assert_eq!(left_out, 1, "the member without an address is no person");
    insta::assert_json_snapshot!(records);
}
