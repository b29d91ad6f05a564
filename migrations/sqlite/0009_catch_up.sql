-- +goose Up
-- Who made up, in a part of one session, the same part of another that they missed: owned by delivery. A row says that they are here
-- or, once it was a slip, that they are not. It can change while the register of the part they came to is open.

CREATE TABLE catch_ups (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  part_id        INTEGER NOT NULL REFERENCES parts ON DELETE RESTRICT,
  missed_part_id INTEGER NOT NULL REFERENCES parts ON DELETE RESTRICT,
  place_id       INTEGER NOT NULL REFERENCES places ON DELETE RESTRICT,
  person_id      INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  here           BOOLEAN NOT NULL,
  marked_at      TIMESTAMP NOT NULL,
  marked_by      INTEGER REFERENCES people ON DELETE RESTRICT,
  CHECK (part_id <> missed_part_id),
  UNIQUE (part_id, place_id)
);
CREATE INDEX catch_ups_place ON catch_ups (place_id);
CREATE UNIQUE INDEX catch_ups_once ON catch_ups (missed_part_id, place_id) WHERE here;

-- +goose StatementBegin
CREATE TRIGGER catch_ups_closed_insert BEFORE INSERT ON catch_ups
WHEN EXISTS (SELECT 1 FROM parts p JOIN register_closings c ON c.session_id = p.session_id
  WHERE p.id = NEW.part_id AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.id))
BEGIN SELECT RAISE(ABORT, 'the register is closed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER catch_ups_closed_update BEFORE UPDATE ON catch_ups
WHEN EXISTS (SELECT 1 FROM parts p JOIN register_closings c ON c.session_id = p.session_id
  WHERE p.id IN (OLD.part_id, NEW.part_id) AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.id))
BEGIN SELECT RAISE(ABORT, 'the register is closed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER catch_ups_fixed_delete BEFORE DELETE ON catch_ups
BEGIN SELECT RAISE(ABORT, 'catch_ups rows are never deleted'); END;
-- +goose StatementEnd
