"""Measures the ratios of DESIGN §10. Only ratios taken in one run count: machines and hours differ."""
