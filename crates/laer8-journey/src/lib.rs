//! The LAER loop: stages, potential, the layer-8 matrix, signals.
