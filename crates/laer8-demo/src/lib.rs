//! A believable company, the same every time, for demonstration and tests.
