-- +goose Up
-- A dispute that was lost has sent the money of a credit note back, through the cardholder's bank.

ALTER TABLE credit_settlements ADD COLUMN dispute_id BIGINT REFERENCES disputes ON DELETE RESTRICT
  CHECK (dispute_id IS NULL OR refund_id IS NULL);
CREATE INDEX credit_settlements_dispute ON credit_settlements (dispute_id);
-- +goose StatementBegin
CREATE FUNCTION refuse_over_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.dispute_id IS NOT NULL AND
    (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.dispute_id = NEW.dispute_id) + NEW.gross_pence >
    (SELECT d.gross_pence FROM disputes d WHERE d.id = NEW.dispute_id) THEN
    RAISE EXCEPTION 'a dispute would settle more than it took' USING ERRCODE = 'P0001';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER credit_settlements_within_dispute BEFORE INSERT ON credit_settlements FOR EACH ROW EXECUTE FUNCTION refuse_over_dispute();

-- What a credit note says of its money may be that a dispute sent it back.
ALTER TABLE credit_parts
  DROP CONSTRAINT credit_parts_method_check,
  ADD CONSTRAINT credit_parts_method_check CHECK (method IN ('', 'card', 'bank', 'dispute')),
  ADD CHECK (method <> 'dispute' OR part = 'gone');
