"""True tables of an edition -> cells that may be published. It knows the tables; the mathematics is `disclosure`."""
