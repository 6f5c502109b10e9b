-- The share of a delivery's rows that have the contents of others of it under keys of their own; null for deliveries of before this was kept.
ALTER TABLE assay_delivery ADD COLUMN repeated_within REAL;
