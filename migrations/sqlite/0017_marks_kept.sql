-- +goose Up
-- What the register says is kept like other rows, and what it said of a day that was then moved stands in nobody's way.

-- No insert stands in the place of a mark or a catch-up, whichever register its row would be on: they are changed by an update, which
-- asks whether the register is closed.
-- +goose StatementBegin
CREATE TRIGGER attendance_marks_never_replaced BEFORE INSERT ON attendance_marks
WHEN EXISTS (SELECT 1 FROM attendance_marks x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM attendance_marks x WHERE x.part_id = NEW.part_id AND x.place_id = NEW.place_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: attendance_marks rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER catch_ups_never_replaced BEFORE INSERT ON catch_ups
WHEN EXISTS (SELECT 1 FROM catch_ups x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM catch_ups x WHERE x.part_id = NEW.part_id AND x.place_id = NEW.place_id)
  OR EXISTS (SELECT 1 FROM catch_ups x WHERE x.missed_part_id = NEW.missed_part_id AND x.place_id = NEW.place_id AND x.here AND NEW.here)
BEGIN SELECT RAISE(ABORT, 'duplicate: catch_ups rows are never replaced'); END;
-- +goose StatementEnd

-- A mark cannot be taken to a part whose register is closed either.
DROP TRIGGER attendance_marks_closed_update;
-- +goose StatementBegin
CREATE TRIGGER attendance_marks_closed_update BEFORE UPDATE ON attendance_marks
WHEN EXISTS (SELECT 1 FROM parts p JOIN register_closings c ON c.session_id = p.session_id
  WHERE p.id IN (OLD.part_id, NEW.part_id) AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.id))
BEGIN SELECT RAISE(ABORT, 'the register is closed'); END;
-- +goose StatementEnd

-- Who was written down as here on a day that was then moved was not there when it came. That can be taken back, and nothing else of
-- the row, although the register has been closed without them: else they could never make the part up elsewhere. Not while they have
-- a completion.
DROP TRIGGER catch_ups_closed_update;
-- +goose StatementBegin
CREATE TRIGGER catch_ups_closed_update BEFORE UPDATE ON catch_ups
WHEN EXISTS (SELECT 1 FROM parts p JOIN register_closings c ON c.session_id = p.session_id
    WHERE p.id IN (OLD.part_id, NEW.part_id) AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.id))
  AND NOT (OLD.here AND NOT NEW.here AND NEW.id = OLD.id AND NEW.part_id = OLD.part_id AND NEW.missed_part_id = OLD.missed_part_id
    AND NEW.place_id = OLD.place_id AND NEW.person_id = OLD.person_id AND NEW.marked_at = OLD.marked_at AND NEW.marked_by IS OLD.marked_by
    AND EXISTS (SELECT 1 FROM parts p JOIN session_moves v ON v.session_id = p.session_id
      WHERE p.id = OLD.part_id AND v.moved_at >= OLD.marked_at)
    AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.place_id = OLD.place_id
      AND NOT EXISTS (SELECT 1 FROM completion_withdrawals w WHERE w.completion_id = c.id)))
BEGIN SELECT RAISE(ABORT, 'the register is closed'); END;
-- +goose StatementEnd
