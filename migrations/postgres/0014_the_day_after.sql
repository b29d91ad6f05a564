-- +goose Up
-- When a session can be completed.

INSERT INTO settings (name, value, effective_from, note) VALUES
  ('completion_minutes', '60', '2025-01-01', 'A session can be completed from so many minutes before the end of its last part');
