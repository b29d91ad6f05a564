-- +goose Up
-- A dispute that was lost has sent the money of a credit note back, through the cardholder's bank.

ALTER TABLE credit_settlements ADD COLUMN dispute_id INTEGER REFERENCES disputes ON DELETE RESTRICT
  CHECK (dispute_id IS NULL OR refund_id IS NULL);
CREATE INDEX credit_settlements_dispute ON credit_settlements (dispute_id);
-- +goose StatementBegin
CREATE TRIGGER credit_settlements_within_dispute BEFORE INSERT ON credit_settlements WHEN NEW.dispute_id IS NOT NULL AND
  (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.dispute_id = NEW.dispute_id) + NEW.gross_pence >
  (SELECT d.gross_pence FROM disputes d WHERE d.id = NEW.dispute_id)
BEGIN SELECT RAISE(ABORT, 'a dispute would settle more than it took'); END;
-- +goose StatementEnd

-- What a credit note says of its money may be that a dispute sent it back.
CREATE TABLE parts_before AS SELECT * FROM credit_parts;
DROP TABLE credit_parts;
CREATE TABLE credit_parts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  part        TEXT NOT NULL CHECK (part IN ('set-off', 'gone', 'on-its-way', 'sent', 'missing')),
  method      TEXT NOT NULL CHECK (method IN ('', 'card', 'bank', 'dispute')),
  gross_pence INTEGER NOT NULL CHECK (gross_pence > 0),
  on_date     DATE,
  CHECK ((method <> '') = (part IN ('gone', 'on-its-way', 'sent'))),
  CHECK ((on_date IS NOT NULL) = (part = 'gone')),
  CHECK (method <> 'dispute' OR part = 'gone')
);
INSERT INTO credit_parts (id, document_id, part, method, gross_pence, on_date)
SELECT id, document_id, part, method, gross_pence, on_date FROM parts_before;
DROP TABLE parts_before;
CREATE INDEX credit_parts_document ON credit_parts (document_id);
-- +goose StatementBegin
CREATE TRIGGER credit_parts_fixed_update BEFORE UPDATE ON credit_parts
BEGIN SELECT RAISE(ABORT, 'credit_parts rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER credit_parts_fixed_delete BEFORE DELETE ON credit_parts
BEGIN SELECT RAISE(ABORT, 'credit_parts rows are never changed or deleted'); END;
-- +goose StatementEnd
