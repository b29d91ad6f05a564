-- +goose Up
-- When an overdue invoice is reminded of.

INSERT INTO settings (name, value, effective_from, note) VALUES
  ('overdue_reminder_1', '1', '2025-01-01', 'First reminder of an overdue invoice, in days after it was due; 0 is none'),
  ('overdue_reminder_2', '7', '2025-01-01', 'Second reminder of an overdue invoice, in days after it was due; 0 is none'),
  ('overdue_reminder_3', '14', '2025-01-01', 'Third reminder of an overdue invoice, in days after it was due; 0 is none'),
  ('overdue_reminder_4', '30', '2025-01-01', 'Last reminder of an overdue invoice, in days after it was due; 0 is none');
