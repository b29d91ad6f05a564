-- +goose Up
-- What was typed for a booking that was never bought is not kept: names and addresses go after this many days.

INSERT INTO settings (name, value, effective_from, note) VALUES
  ('unbought_days', '30', '2025-01-01', 'Days after which what was typed for a booking that was never bought is forgotten');
