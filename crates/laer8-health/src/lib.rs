//! Health scores: measures, curves, scorecards, explanations.
