-- +goose Up
-- What the register says is kept like other rows, and what it said of a day that was then moved stands in nobody's way.

CREATE TRIGGER attendance_marks_kept BEFORE TRUNCATE ON attendance_marks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who was written down as here on a day that was then moved was not there when it came. That can be taken back, and nothing else of
-- the row, although the register has been closed without them: else they could never make the part up elsewhere. Not while they have
-- a completion.
-- +goose StatementBegin
CREATE FUNCTION refuse_closed_catch_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM parts p JOIN register_closings c ON c.session_id = p.session_id
      WHERE p.id IN (OLD.part_id, NEW.part_id) AND NOT EXISTS (SELECT 1 FROM register_reopenings r WHERE r.closing_id = c.id))
    AND NOT (TG_OP = 'UPDATE' AND OLD.here AND NOT NEW.here
      AND (NEW.id, NEW.part_id, NEW.missed_part_id, NEW.place_id, NEW.person_id, NEW.marked_at) =
        (OLD.id, OLD.part_id, OLD.missed_part_id, OLD.place_id, OLD.person_id, OLD.marked_at)
      AND NEW.marked_by IS NOT DISTINCT FROM OLD.marked_by
      AND EXISTS (SELECT 1 FROM parts p JOIN session_moves v ON v.session_id = p.session_id
        WHERE p.id = OLD.part_id AND v.moved_at >= OLD.marked_at)
      AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.place_id = OLD.place_id
        AND NOT EXISTS (SELECT 1 FROM completion_withdrawals w WHERE w.completion_id = c.id))) THEN
    RAISE EXCEPTION 'the register is closed' USING ERRCODE = 'P0001';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER catch_ups_closed ON catch_ups;
CREATE TRIGGER catch_ups_closed BEFORE INSERT OR UPDATE ON catch_ups FOR EACH ROW EXECUTE FUNCTION refuse_closed_catch_up();
