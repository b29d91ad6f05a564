-- +goose Up
-- What of a refund begun at Stripe itself counts towards which credit note, and what a credit note said about its money.

-- A refund begun at Stripe may be larger than a credit note: it counts in part, and what is left counts towards the next.
CREATE TABLE refund_shares (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  refund_id   INTEGER NOT NULL REFERENCES refunds ON DELETE RESTRICT,
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  gross_pence INTEGER NOT NULL CHECK (gross_pence > 0),
  created_at  TIMESTAMP NOT NULL
);
CREATE INDEX refund_shares_refund ON refund_shares (refund_id);
CREATE INDEX refund_shares_document ON refund_shares (document_id);
INSERT INTO refund_shares (refund_id, document_id, gross_pence, created_at)
SELECT r.id, r.credit_id, r.gross_pence, COALESCE(r.ended_at, r.created_at) FROM refunds r WHERE r.reason = 'external' AND r.credit_id IS NOT NULL ORDER BY r.id;
UPDATE refunds SET credit_id = NULL WHERE reason = 'external';
-- +goose StatementBegin
CREATE TRIGGER refund_shares_within BEFORE INSERT ON refund_shares WHEN
  (SELECT COALESCE(SUM(s.gross_pence), 0) FROM refund_shares s WHERE s.refund_id = NEW.refund_id) + NEW.gross_pence >
  (SELECT r.gross_pence FROM refunds r WHERE r.id = NEW.refund_id)
BEGIN SELECT RAISE(ABORT, 'a refund would count for more than it is'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER refund_shares_fixed_update BEFORE UPDATE ON refund_shares
BEGIN SELECT RAISE(ABORT, 'refund_shares rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER refund_shares_fixed_delete BEFORE DELETE ON refund_shares
BEGIN SELECT RAISE(ABORT, 'refund_shares rows are never changed or deleted'); END;
-- +goose StatementEnd

-- One refund may settle several credit notes, never for more than it is.
CREATE TABLE settlements_before AS SELECT * FROM credit_settlements;
DROP TABLE credit_settlements;
CREATE TABLE credit_settlements (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  gross_pence INTEGER NOT NULL CHECK (gross_pence > 0),
  on_date     DATE NOT NULL,
  refund_id   INTEGER REFERENCES refunds ON DELETE RESTRICT,
  created_at  TIMESTAMP NOT NULL
);
INSERT INTO credit_settlements (id, document_id, gross_pence, on_date, refund_id, created_at)
SELECT id, document_id, gross_pence, on_date, refund_id, created_at FROM settlements_before;
DROP TABLE settlements_before;
CREATE INDEX credit_settlements_document ON credit_settlements (document_id);
CREATE INDEX credit_settlements_refund ON credit_settlements (refund_id);
-- +goose StatementBegin
CREATE TRIGGER credit_settlements_within BEFORE INSERT ON credit_settlements WHEN NEW.refund_id IS NOT NULL AND
  (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.refund_id = NEW.refund_id) + NEW.gross_pence >
  (SELECT r.gross_pence FROM refunds r WHERE r.id = NEW.refund_id)
BEGIN SELECT RAISE(ABORT, 'a refund would settle more than it is'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER credit_settlements_fixed_update BEFORE UPDATE ON credit_settlements
BEGIN SELECT RAISE(ABORT, 'credit_settlements rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER credit_settlements_fixed_delete BEFORE DELETE ON credit_settlements
BEGIN SELECT RAISE(ABORT, 'credit_settlements rows are never changed or deleted'); END;
-- +goose StatementEnd

-- Where the money of a credit note was when it was issued: what its file says, in parts that sum to it.
CREATE TABLE credit_parts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  part        TEXT NOT NULL CHECK (part IN ('set-off', 'gone', 'on-its-way', 'sent', 'missing')),
  method      TEXT NOT NULL CHECK (method IN ('', 'card', 'bank')),
  gross_pence INTEGER NOT NULL CHECK (gross_pence > 0),
  on_date     DATE,
  CHECK ((method <> '') = (part IN ('gone', 'on-its-way', 'sent'))),
  CHECK ((on_date IS NOT NULL) = (part = 'gone'))
);
CREATE INDEX credit_parts_document ON credit_parts (document_id);
INSERT INTO credit_parts (document_id, part, method, gross_pence)
SELECT document_id, 'set-off', '', SUM(gross_pence) FROM credit_settlements WHERE refund_id IS NULL GROUP BY document_id ORDER BY document_id;
INSERT INTO credit_parts (document_id, part, method, gross_pence)
SELECT d.id, 'sent', COALESCE((SELECT p.method FROM payments p WHERE p.id = (SELECT MAX(a.payment_id) FROM allocations a
    WHERE a.document_id = d.credits_id AND a.gross_pence > 0 AND a.created_at <= d.issued_at)), 'bank'),
  d.gross_pence - (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.document_id = d.id AND s.refund_id IS NULL)
FROM documents d WHERE d.kind = 'credit-note' AND d.gross_pence >
  (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.document_id = d.id AND s.refund_id IS NULL) ORDER BY d.id;
-- +goose StatementBegin
CREATE TRIGGER credit_parts_fixed_update BEFORE UPDATE ON credit_parts
BEGIN SELECT RAISE(ABORT, 'credit_parts rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER credit_parts_fixed_delete BEFORE DELETE ON credit_parts
BEGIN SELECT RAISE(ABORT, 'credit_parts rows are never changed or deleted'); END;
-- +goose StatementEnd
