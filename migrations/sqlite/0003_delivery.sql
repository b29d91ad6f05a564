-- +goose Up
-- The day and its record: owned by delivery.

CREATE TABLE attendance_marks (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  part_id   INTEGER NOT NULL REFERENCES parts ON DELETE RESTRICT,
  place_id  INTEGER NOT NULL REFERENCES places ON DELETE RESTRICT,
  person_id INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  mark      TEXT NOT NULL CHECK (mark IN ('present', 'late', 'absent')),
  marked_at TIMESTAMP NOT NULL,
  marked_by INTEGER REFERENCES people ON DELETE RESTRICT,
  UNIQUE (part_id, place_id)
);
CREATE INDEX attendance_marks_place ON attendance_marks (place_id);

-- A register is closed while its latest closing has no reopening. Round n can only be closed when round n-1 was reopened, so two
-- people who complete a session at once cannot both do it.
CREATE TABLE register_closings (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions ON DELETE RESTRICT,
  round      INTEGER NOT NULL CHECK (round >= 1),
  closed_at  TIMESTAMP NOT NULL,
  closed_by  INTEGER REFERENCES people ON DELETE RESTRICT,
  UNIQUE (session_id, round)
);

CREATE TABLE register_reopenings (
  closing_id  INTEGER PRIMARY KEY REFERENCES register_closings ON DELETE RESTRICT,
  reopened_at TIMESTAMP NOT NULL,
  reopened_by INTEGER REFERENCES people ON DELETE RESTRICT,
  reason      TEXT NOT NULL CHECK (reason <> '')
);

CREATE TABLE completions (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  closing_id      INTEGER NOT NULL REFERENCES register_closings ON DELETE RESTRICT,
  session_id      INTEGER NOT NULL REFERENCES sessions ON DELETE RESTRICT,
  place_id        INTEGER NOT NULL REFERENCES places ON DELETE RESTRICT,
  person_id       INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  last_attended   DATE NOT NULL,
  completed_at    TIMESTAMP NOT NULL,
  completed_by    INTEGER REFERENCES people ON DELETE RESTRICT,
  demonstration   BOOLEAN NOT NULL,
  UNIQUE (closing_id, place_id)
);
CREATE INDEX completions_session ON completions (session_id);
CREATE INDEX completions_place ON completions (place_id);
CREATE INDEX completions_person ON completions (person_id);
CREATE INDEX completions_organisation ON completions (organisation_id);

CREATE TABLE completion_withdrawals (
  completion_id INTEGER PRIMARY KEY REFERENCES completions ON DELETE RESTRICT,
  withdrawn_at  TIMESTAMP NOT NULL,
  withdrawn_by  INTEGER REFERENCES people ON DELETE RESTRICT,
  reason        TEXT NOT NULL CHECK (reason <> '')
);

-- +goose StatementBegin
CREATE TRIGGER attendance_marks_closed_insert BEFORE INSERT ON attendance_marks
WHEN EXISTS (SELECT 1 FROM parts p JOIN register_closings c ON c.session_id = p.session_id
  WHERE p.id = NEW.part_id AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.id))
BEGIN SELECT RAISE(ABORT, 'the register is closed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attendance_marks_closed_update BEFORE UPDATE ON attendance_marks
WHEN EXISTS (SELECT 1 FROM parts p JOIN register_closings c ON c.session_id = p.session_id
  WHERE p.id = OLD.part_id AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.id))
BEGIN SELECT RAISE(ABORT, 'the register is closed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attendance_marks_fixed_delete BEFORE DELETE ON attendance_marks
BEGIN SELECT RAISE(ABORT, 'attendance_marks rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_closings_in_turn BEFORE INSERT ON register_closings
WHEN EXISTS (SELECT 1 FROM register_closings c WHERE c.session_id = NEW.session_id
    AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.id))
  OR NEW.round <> 1 + (SELECT COUNT(*) FROM register_closings c WHERE c.session_id = NEW.session_id)
BEGIN SELECT RAISE(ABORT, 'the register is closed already'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER completions_one_live BEFORE INSERT ON completions
WHEN EXISTS (SELECT 1 FROM completions c WHERE c.place_id = NEW.place_id
  AND NOT EXISTS (SELECT 1 FROM completion_withdrawals w WHERE w.completion_id = c.id))
BEGIN SELECT RAISE(ABORT, 'the place has a completion already'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_closings_fixed_update BEFORE UPDATE ON register_closings
BEGIN SELECT RAISE(ABORT, 'register_closings rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_closings_fixed_delete BEFORE DELETE ON register_closings
BEGIN SELECT RAISE(ABORT, 'register_closings rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_reopenings_fixed_update BEFORE UPDATE ON register_reopenings
BEGIN SELECT RAISE(ABORT, 'register_reopenings rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_reopenings_fixed_delete BEFORE DELETE ON register_reopenings
BEGIN SELECT RAISE(ABORT, 'register_reopenings rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER completions_fixed_update BEFORE UPDATE ON completions
BEGIN SELECT RAISE(ABORT, 'completions rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER completions_fixed_delete BEFORE DELETE ON completions
BEGIN SELECT RAISE(ABORT, 'completions rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER completion_withdrawals_fixed_update BEFORE UPDATE ON completion_withdrawals
BEGIN SELECT RAISE(ABORT, 'completion_withdrawals rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER completion_withdrawals_fixed_delete BEFORE DELETE ON completion_withdrawals
BEGIN SELECT RAISE(ABORT, 'completion_withdrawals rows are never changed or deleted'); END;
-- +goose StatementEnd

-- What became of a place on the day, and people who came without one: owned by booking.

CREATE TABLE place_outcomes (
  place_id    INTEGER PRIMARY KEY REFERENCES places ON DELETE RESTRICT,
  outcome     TEXT NOT NULL CHECK (outcome IN ('open', 'attended', 'attended-part', 'no-show')),
  recorded_at TIMESTAMP NOT NULL
);

CREATE TABLE walk_ins (
  booking_id   INTEGER PRIMARY KEY REFERENCES bookings ON DELETE RESTRICT,
  organisation TEXT NOT NULL,
  added_at     TIMESTAMP NOT NULL,
  added_by     INTEGER REFERENCES people ON DELETE RESTRICT
);
-- +goose StatementBegin
CREATE TRIGGER walk_ins_fixed_update BEFORE UPDATE ON walk_ins
BEGIN SELECT RAISE(ABORT, 'walk_ins rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER walk_ins_fixed_delete BEFORE DELETE ON walk_ins
BEGIN SELECT RAISE(ABORT, 'walk_ins rows are never changed or deleted'); END;
-- +goose StatementEnd

-- Where and when a session was before it moved: owned by scheduling.

CREATE TABLE session_moves (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions ON DELETE RESTRICT,
  number     INTEGER NOT NULL CHECK (number >= 1),
  old_when   TEXT NOT NULL,
  old_where  TEXT NOT NULL,
  moved_at   TIMESTAMP NOT NULL,
  moved_by   INTEGER REFERENCES people ON DELETE RESTRICT,
  UNIQUE (session_id, number)
);
-- +goose StatementBegin
CREATE TRIGGER session_moves_fixed_update BEFORE UPDATE ON session_moves
BEGIN SELECT RAISE(ABORT, 'session_moves rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER session_moves_fixed_delete BEFORE DELETE ON session_moves
BEGIN SELECT RAISE(ABORT, 'session_moves rows are never changed or deleted'); END;
-- +goose StatementEnd
