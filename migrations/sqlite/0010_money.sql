-- +goose Up
-- Money to the letter: series per supplier, credit notes that replace or settle, refunds in parts, bank statements, disputes,
-- purchase-order rules, agreements, quotes and cancelled places.

-- A table that others point at is made anew under its own name: the rows that point at it find theirs again before the end.
PRAGMA defer_foreign_keys = ON;

-- One series per supplier and kind of document.
CREATE TABLE series_before AS SELECT * FROM number_series;
DROP TABLE number_series;
CREATE TABLE number_series (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT NOT NULL CHECK (kind IN ('invoice', 'credit-note')),
  supplier    TEXT NOT NULL CHECK (supplier <> ''),
  prefix      TEXT NOT NULL UNIQUE,
  digits      INTEGER NOT NULL CHECK (digits BETWEEN 1 AND 12),
  next_number INTEGER NOT NULL CHECK (next_number >= 1),
  UNIQUE (kind, supplier)
);
INSERT INTO number_series (id, kind, supplier, prefix, digits, next_number)
SELECT id, kind, (SELECT legal_name FROM suppliers ORDER BY effective_from LIMIT 1), prefix, digits, next_number FROM series_before;
DROP TABLE series_before;

-- What is entered for a later day may be taken back before that day: it is written down here first, then deleted.
CREATE TABLE tariff_withdrawals (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  row_kind     TEXT NOT NULL CHECK (row_kind IN ('prices', 'vat_rates', 'ladders', 'suppliers', 'settings')),
  row_id       INTEGER NOT NULL,
  content      TEXT NOT NULL,
  reason       TEXT NOT NULL CHECK (reason <> ''),
  withdrawn_at TIMESTAMP NOT NULL,
  withdrawn_by INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  UNIQUE (row_kind, row_id)
);
-- +goose StatementBegin
CREATE TRIGGER tariff_withdrawals_fixed_update BEFORE UPDATE ON tariff_withdrawals
BEGIN SELECT RAISE(ABORT, 'tariff_withdrawals rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tariff_withdrawals_fixed_delete BEFORE DELETE ON tariff_withdrawals
BEGIN SELECT RAISE(ABORT, 'tariff_withdrawals rows are never changed or deleted'); END;
-- +goose StatementEnd
DROP TRIGGER prices_fixed_delete;
-- +goose StatementBegin
CREATE TRIGGER prices_fixed_delete BEFORE DELETE ON prices
WHEN NOT EXISTS (SELECT 1 FROM tariff_withdrawals w WHERE w.row_kind = 'prices' AND w.row_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'prices rows are never changed or deleted'); END;
-- +goose StatementEnd
DROP TRIGGER vat_rates_fixed_delete;
-- +goose StatementBegin
CREATE TRIGGER vat_rates_fixed_delete BEFORE DELETE ON vat_rates
WHEN NOT EXISTS (SELECT 1 FROM tariff_withdrawals w WHERE w.row_kind = 'vat_rates' AND w.row_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'vat_rates rows are never changed or deleted'); END;
-- +goose StatementEnd
DROP TRIGGER ladders_fixed_delete;
-- +goose StatementBegin
CREATE TRIGGER ladders_fixed_delete BEFORE DELETE ON ladders
WHEN NOT EXISTS (SELECT 1 FROM tariff_withdrawals w WHERE w.row_kind = 'ladders' AND w.row_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'ladders rows are never changed or deleted'); END;
-- +goose StatementEnd

-- Documents: an invoice may replace a credited one; a line knows its route and format for the income chart.
ALTER TABLE documents ADD COLUMN replaces_id INTEGER REFERENCES documents ON DELETE RESTRICT;
CREATE UNIQUE INDEX documents_replaces ON documents (replaces_id) WHERE replaces_id IS NOT NULL;
ALTER TABLE document_lines ADD COLUMN route TEXT NOT NULL DEFAULT '';
ALTER TABLE document_lines ADD COLUMN format TEXT NOT NULL DEFAULT '';
DROP TRIGGER document_lines_fixed_update;
UPDATE document_lines SET
  route = COALESCE((SELECT s.route FROM documents d JOIN bookings b ON b.id = d.order_id JOIN sessions s ON s.id = b.session_id WHERE d.id = document_lines.document_id), ''),
  format = COALESCE((SELECT s.format FROM documents d JOIN bookings b ON b.id = d.order_id JOIN sessions s ON s.id = b.session_id WHERE d.id = document_lines.document_id), '');
-- +goose StatementBegin
CREATE TRIGGER document_lines_fixed_update BEFORE UPDATE ON document_lines
BEGIN SELECT RAISE(ABORT, 'document_lines rows are never changed or deleted'); END;
-- +goose StatementEnd

-- Credit notes never take more off an invoice than it asked.
-- +goose StatementBegin
CREATE TRIGGER documents_credited_within BEFORE INSERT ON documents WHEN NEW.credits_id IS NOT NULL AND (
  (SELECT COALESCE(SUM(c.net_pence), 0) FROM documents c WHERE c.credits_id = NEW.credits_id) + NEW.net_pence >
    (SELECT i.net_pence FROM documents i WHERE i.id = NEW.credits_id)
  OR (SELECT COALESCE(SUM(c.vat_pence), 0) FROM documents c WHERE c.credits_id = NEW.credits_id) + NEW.vat_pence >
    (SELECT i.vat_pence FROM documents i WHERE i.id = NEW.credits_id))
BEGIN SELECT RAISE(ABORT, 'credit notes would exceed their invoice'); END;
-- +goose StatementEnd

-- Allocations may be taken back by a negative row, so that money moves from a credited invoice to the one that replaces it.
CREATE TABLE allocations_before AS SELECT * FROM allocations;
DROP TABLE allocations;
CREATE TABLE allocations (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  payment_id  INTEGER NOT NULL REFERENCES payments ON DELETE RESTRICT,
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  gross_pence INTEGER NOT NULL CHECK (gross_pence <> 0),
  created_at  TIMESTAMP NOT NULL
);
INSERT INTO allocations (id, payment_id, document_id, gross_pence, created_at)
SELECT id, payment_id, document_id, gross_pence, created_at FROM allocations_before;
DROP TABLE allocations_before;
CREATE INDEX allocations_document ON allocations (document_id);
CREATE INDEX allocations_payment ON allocations (payment_id);
-- +goose StatementBegin
CREATE TRIGGER allocations_fixed_update BEFORE UPDATE ON allocations
BEGIN SELECT RAISE(ABORT, 'allocations rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER allocations_fixed_delete BEFORE DELETE ON allocations
BEGIN SELECT RAISE(ABORT, 'allocations rows are never changed or deleted'); END;
-- +goose StatementEnd

-- Refunds in any number of parts, by card or by bank; the ledger with transfers and disputes.
CREATE TABLE ledger_before AS SELECT * FROM ledger_entries;
DROP TABLE ledger_entries;
CREATE TABLE refunds_before AS SELECT * FROM refunds;
DROP TABLE refunds;
CREATE TABLE refunds (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  payment_id       INTEGER NOT NULL REFERENCES payments ON DELETE RESTRICT,
  method           TEXT NOT NULL CHECK (method IN ('card', 'bank')),
  gross_pence      INTEGER NOT NULL CHECK (gross_pence > 0),
  reason           TEXT NOT NULL CHECK (reason IN ('late', 'duplicate', 'credit', 'overpaid', 'external')),
  request_key      TEXT NOT NULL UNIQUE,
  credit_id        INTEGER REFERENCES documents ON DELETE RESTRICT,
  replaces_id      INTEGER UNIQUE REFERENCES refunds ON DELETE RESTRICT,
  status           TEXT NOT NULL CHECK (status IN ('requested', 'pending', 'succeeded', 'failed')),
  stripe_refund_id TEXT UNIQUE,
  failure          TEXT NOT NULL,
  bank_reference   TEXT NOT NULL,
  requested_by     INTEGER REFERENCES people ON DELETE RESTRICT,
  created_at       TIMESTAMP NOT NULL,
  ended_at         TIMESTAMP,
  CHECK (method = 'card' OR stripe_refund_id IS NULL)
);
INSERT INTO refunds (id, payment_id, method, gross_pence, reason, request_key, status, stripe_refund_id, failure, bank_reference, created_at, ended_at)
SELECT id, payment_id, 'card', gross_pence, reason, reason || '/' || payment_id, status, stripe_refund_id, failure, '', created_at, ended_at FROM refunds_before;
DROP TABLE refunds_before;
CREATE INDEX refunds_payment ON refunds (payment_id);
CREATE INDEX refunds_credit ON refunds (credit_id);
-- What was begun at Stripe itself is recorded whatever it does to the sum.
-- +goose StatementBegin
CREATE TRIGGER refunds_within BEFORE INSERT ON refunds WHEN NEW.reason <> 'external' AND
  (SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.payment_id = NEW.payment_id AND r.status <> 'failed') + NEW.gross_pence >
  (SELECT p.gross_pence FROM payments p WHERE p.id = NEW.payment_id)
BEGIN SELECT RAISE(ABORT, 'refunds would exceed their payment'); END;
-- +goose StatementEnd

CREATE TABLE disputes (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  stripe_dispute_id TEXT NOT NULL UNIQUE,
  payment_id        INTEGER NOT NULL REFERENCES payments ON DELETE RESTRICT,
  gross_pence       INTEGER NOT NULL CHECK (gross_pence > 0),
  reason            TEXT NOT NULL,
  status            TEXT NOT NULL CHECK (status IN ('open', 'won', 'lost')),
  withdrawn         BOOLEAN NOT NULL,
  answer_by         TIMESTAMP,
  opened_at         TIMESTAMP NOT NULL,
  ended_at          TIMESTAMP
);
CREATE INDEX disputes_payment ON disputes (payment_id);

CREATE TABLE ledger_entries (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  at              TIMESTAMP NOT NULL,
  on_date         DATE NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('invoice', 'credit-note', 'payment', 'refund', 'refund-failed', 'transfer', 'dispute', 'dispute-won')),
  pence           INTEGER NOT NULL CHECK (pence <> 0),
  document_id     INTEGER REFERENCES documents ON DELETE RESTRICT,
  payment_id      INTEGER REFERENCES payments ON DELETE RESTRICT,
  refund_id       INTEGER REFERENCES refunds ON DELETE RESTRICT,
  dispute_id      INTEGER REFERENCES disputes ON DELETE RESTRICT,
  order_kind      TEXT CHECK (order_kind IN ('booking')),
  order_id        INTEGER,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  CHECK (kind = 'transfer' OR (kind IN ('invoice', 'refund', 'dispute')) = (pence > 0)),
  CHECK (kind NOT IN ('invoice', 'credit-note') OR document_id IS NOT NULL),
  CHECK (kind NOT IN ('payment', 'transfer') OR payment_id IS NOT NULL),
  CHECK (kind NOT IN ('refund', 'refund-failed') OR refund_id IS NOT NULL),
  CHECK (kind NOT IN ('dispute', 'dispute-won') OR dispute_id IS NOT NULL)
);
INSERT INTO ledger_entries (id, at, on_date, kind, pence, document_id, payment_id, refund_id, order_kind, order_id, organisation_id)
SELECT id, at, on_date, kind, pence, document_id, payment_id, refund_id, order_kind, order_id, organisation_id FROM ledger_before;
DROP TABLE ledger_before;
CREATE UNIQUE INDEX ledger_entries_document ON ledger_entries (document_id) WHERE kind IN ('invoice', 'credit-note');
CREATE UNIQUE INDEX ledger_entries_payment ON ledger_entries (payment_id) WHERE kind = 'payment';
CREATE UNIQUE INDEX ledger_entries_refund ON ledger_entries (refund_id, kind) WHERE refund_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_entries_dispute ON ledger_entries (dispute_id, kind) WHERE dispute_id IS NOT NULL;
CREATE INDEX ledger_entries_order ON ledger_entries (order_kind, order_id);
CREATE INDEX ledger_entries_organisation ON ledger_entries (organisation_id);
-- +goose StatementBegin
CREATE TRIGGER ledger_entries_fixed_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entries_fixed_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries rows are never changed or deleted'); END;
-- +goose StatementEnd

-- The day on which a credit note counts for VAT: when it is set off against what was owed, or when its refund has gone.
CREATE TABLE credit_settlements (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  gross_pence INTEGER NOT NULL CHECK (gross_pence > 0),
  on_date     DATE NOT NULL,
  refund_id   INTEGER UNIQUE REFERENCES refunds ON DELETE RESTRICT,
  created_at  TIMESTAMP NOT NULL
);
CREATE INDEX credit_settlements_document ON credit_settlements (document_id);
-- +goose StatementBegin
CREATE TRIGGER credit_settlements_fixed_update BEFORE UPDATE ON credit_settlements
BEGIN SELECT RAISE(ABORT, 'credit_settlements rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER credit_settlements_fixed_delete BEFORE DELETE ON credit_settlements
BEGIN SELECT RAISE(ABORT, 'credit_settlements rows are never changed or deleted'); END;
-- +goose StatementEnd

-- Bank statements as they were read: each incoming line is a payment, however well it could be matched.
CREATE TABLE bank_imports (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  filename    TEXT NOT NULL,
  sha256      TEXT NOT NULL UNIQUE,
  imported_at TIMESTAMP NOT NULL,
  imported_by INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT
);
CREATE TABLE bank_lines (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id   INTEGER NOT NULL REFERENCES bank_imports ON DELETE RESTRICT,
  line_number INTEGER NOT NULL CHECK (line_number >= 1),
  on_date     DATE NOT NULL,
  gross_pence INTEGER NOT NULL CHECK (gross_pence > 0),
  payer       TEXT NOT NULL,
  reference   TEXT NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  payment_id  INTEGER NOT NULL UNIQUE REFERENCES payments ON DELETE RESTRICT,
  UNIQUE (import_id, line_number)
);
-- +goose StatementBegin
CREATE TRIGGER bank_lines_fixed_update BEFORE UPDATE ON bank_lines
BEGIN SELECT RAISE(ABORT, 'bank_lines rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bank_lines_fixed_delete BEFORE DELETE ON bank_lines
BEGIN SELECT RAISE(ABORT, 'bank_lines rows are never changed or deleted'); END;
-- +goose StatementEnd

-- How far the comparison with Stripe has come: an outage longer than Stripe keeps its events is reported, not skipped.
CREATE TABLE stripe_checks (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT NOT NULL CHECK (kind IN ('events', 'nightly')),
  looked_from TIMESTAMP NOT NULL,
  looked_to   TIMESTAMP NOT NULL,
  repaired    INTEGER NOT NULL,
  found       INTEGER NOT NULL,
  finished_at TIMESTAMP NOT NULL
);

-- What an organisation asks of purchase orders; the latest row counts.
CREATE TABLE purchase_rules (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id INTEGER NOT NULL REFERENCES organisations ON DELETE RESTRICT,
  required        BOOLEAN NOT NULL,
  pattern         TEXT NOT NULL,
  example         TEXT NOT NULL,
  cap_pence       INTEGER CHECK (cap_pence > 0),
  note            TEXT NOT NULL,
  created_at      TIMESTAMP NOT NULL,
  created_by      INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  CHECK ((pattern = '') = (example = ''))
);
CREATE INDEX purchase_rules_organisation ON purchase_rules (organisation_id);

-- A discount for an organisation, with its end. Ending it early is a row of its own.
CREATE TABLE agreements (
  id                   INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id      INTEGER NOT NULL REFERENCES organisations ON DELETE RESTRICT,
  discount_thousandths INTEGER NOT NULL CHECK (discount_thousandths BETWEEN 1 AND 100000),
  reason               TEXT NOT NULL CHECK (reason <> ''),
  valid_from           DATE NOT NULL,
  valid_to             DATE NOT NULL,
  created_at           TIMESTAMP NOT NULL,
  created_by           INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  CHECK (valid_from <= valid_to)
);
CREATE INDEX agreements_organisation ON agreements (organisation_id);
CREATE TABLE agreement_endings (
  agreement_id INTEGER PRIMARY KEY REFERENCES agreements ON DELETE RESTRICT,
  last_day     DATE NOT NULL,
  reason       TEXT NOT NULL CHECK (reason <> ''),
  created_at   TIMESTAMP NOT NULL,
  created_by   INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT
);

-- Quotes by the office: owned by booking. Figures and file are frozen when it is made.
CREATE TABLE quotes (
  id                   INTEGER PRIMARY KEY AUTOINCREMENT,
  request_key          TEXT NOT NULL UNIQUE,
  route                TEXT NOT NULL CHECK (route IN ('open-access', 'bespoke', 'one-to-one')),
  format               TEXT NOT NULL CHECK (format IN ('face-to-face', 'online')),
  people               INTEGER NOT NULL CHECK (people >= 1),
  session_id           INTEGER REFERENCES sessions ON DELETE RESTRICT,
  contact_name         TEXT NOT NULL CHECK (contact_name <> ''),
  contact_email        TEXT NOT NULL CHECK (contact_email = lower(contact_email) AND contact_email <> ''),
  organisation_id      INTEGER REFERENCES organisations ON DELETE RESTRICT,
  organisation_name    TEXT NOT NULL CHECK (organisation_name <> ''),
  address              TEXT NOT NULL,
  postcode             TEXT NOT NULL,
  country              TEXT NOT NULL,
  price_id             INTEGER NOT NULL REFERENCES prices ON DELETE RESTRICT,
  unit_net_pence       INTEGER NOT NULL CHECK (unit_net_pence >= 0),
  discount_thousandths INTEGER NOT NULL CHECK (discount_thousandths BETWEEN 0 AND 100000),
  discount_reason      TEXT NOT NULL CHECK (discount_thousandths = 0 OR discount_reason <> ''),
  ladder_id            INTEGER NOT NULL REFERENCES ladders ON DELETE RESTRICT,
  net_pence            INTEGER NOT NULL CHECK (net_pence >= 0),
  vat_pence            INTEGER NOT NULL CHECK (vat_pence >= 0),
  note                 TEXT NOT NULL,
  valid_until          DATE NOT NULL,
  token_hash           TEXT NOT NULL UNIQUE,
  content              BLOB NOT NULL,
  sha256               TEXT NOT NULL,
  created_at           TIMESTAMP NOT NULL,
  created_by           INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  demonstration        BOOLEAN NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER quotes_fixed_update BEFORE UPDATE ON quotes
BEGIN SELECT RAISE(ABORT, 'quotes rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER quotes_fixed_delete BEFORE DELETE ON quotes
BEGIN SELECT RAISE(ABORT, 'quotes rows are never changed or deleted'); END;
-- +goose StatementEnd
CREATE TABLE quote_answers (
  quote_id    INTEGER PRIMARY KEY REFERENCES quotes ON DELETE RESTRICT,
  answer      TEXT NOT NULL CHECK (answer IN ('accepted', 'withdrawn')),
  booking_id  INTEGER UNIQUE REFERENCES bookings ON DELETE RESTRICT,
  reason      TEXT NOT NULL,
  answered_at TIMESTAMP NOT NULL,
  answered_by INTEGER REFERENCES people ON DELETE RESTRICT
);

-- Bookings: a discount says why, a purchase order may follow by a day.
ALTER TABLE bookings ADD COLUMN discount_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE bookings ADD COLUMN purchase_order_due DATE;

-- A cancelled place, with what was kept and what was credited: owned by booking.
CREATE TABLE cancellations (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  place_id         INTEGER NOT NULL UNIQUE REFERENCES places ON DELETE RESTRICT,
  booking_id       INTEGER NOT NULL REFERENCES bookings ON DELETE RESTRICT,
  ground           TEXT NOT NULL CHECK (ground IN ('terms', 'cooling-off', 'by-the-hub', 'goodwill')),
  reason           TEXT NOT NULL,
  noticed_on       DATE NOT NULL,
  days_before      INTEGER NOT NULL,
  fee_thousandths  INTEGER NOT NULL CHECK (fee_thousandths BETWEEN 0 AND 100000),
  kept_net_pence   INTEGER NOT NULL CHECK (kept_net_pence >= 0),
  kept_vat_pence   INTEGER NOT NULL CHECK (kept_vat_pence >= 0),
  credit_net_pence INTEGER NOT NULL CHECK (credit_net_pence >= 0),
  credit_vat_pence INTEGER NOT NULL CHECK (credit_vat_pence >= 0),
  credit_id        INTEGER REFERENCES documents ON DELETE RESTRICT,
  cancelled_by     INTEGER REFERENCES people ON DELETE RESTRICT,
  created_at       TIMESTAMP NOT NULL
);
CREATE INDEX cancellations_booking ON cancellations (booking_id);
-- +goose StatementBegin
CREATE TRIGGER cancellations_fixed_update BEFORE UPDATE ON cancellations
BEGIN SELECT RAISE(ABORT, 'cancellations rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cancellations_fixed_delete BEFORE DELETE ON cancellations
BEGIN SELECT RAISE(ABORT, 'cancellations rows are never changed or deleted'); END;
-- +goose StatementEnd

INSERT INTO settings (name, value, effective_from, note) VALUES
  ('quote_days', '30', '2025-01-01', 'How long a quote stands, in days'),
  ('purchase_order_days', '14', '2025-01-01', 'How long a purchase order may follow after booking, in days'),
  ('purchase_order_before_days', '7', '2025-01-01', 'A purchase order must be here at least this many days before the session');
