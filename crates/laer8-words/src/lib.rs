//! What Laer8 says, in English and Spanish, and how each writes numbers, money and days.
