-- +goose Up
-- When a session can be completed, and certificates that replace another.

INSERT INTO settings (name, value, effective_from, note) VALUES
  ('completion_minutes', '60', '2025-01-01', 'A session can be completed from so many minutes before the end of its last part');

-- A completion has one certificate of its own, and those that replace it one after the other.
ALTER TABLE certificates DROP CONSTRAINT certificates_completion_id_key;
ALTER TABLE certificates ADD COLUMN replaces_id BIGINT UNIQUE REFERENCES certificates ON DELETE RESTRICT;
CREATE UNIQUE INDEX certificates_completion ON certificates (completion_id) WHERE replaces_id IS NULL;
CREATE INDEX certificates_of_completion ON certificates (completion_id);
-- +goose StatementBegin
CREATE FUNCTION refuse_odd_replacement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM certificates c JOIN certificate_withdrawals w ON w.certificate_id = c.id
    WHERE c.id = NEW.replaces_id AND c.completion_id = NEW.completion_id AND c.person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'a certificate replaces a withdrawn one of the same completion' USING ERRCODE = 'P0001';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER certificates_replace BEFORE INSERT ON certificates FOR EACH ROW EXECUTE FUNCTION refuse_odd_replacement();
