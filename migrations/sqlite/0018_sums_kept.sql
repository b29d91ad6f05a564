-- +goose Up
-- What was asked for, agreed and numbered stays as it was: of a refund and a dispute only how it ended may change, of a booking that was
-- confirmed not its price, of a series not how its numbers read.

-- +goose StatementBegin
CREATE TRIGGER refunds_sums_fixed BEFORE UPDATE OF payment_id, method, gross_pence, reason, request_key, credit_id, replaces_id ON refunds
BEGIN SELECT RAISE(ABORT, 'what a refund was asked for is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER disputes_sums_fixed BEFORE UPDATE OF payment_id, gross_pence, stripe_dispute_id ON disputes
BEGIN SELECT RAISE(ABORT, 'what a dispute is about is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bookings_price_fixed BEFORE UPDATE OF unit_net_pence, discount_thousandths, discount_reason, price_id, ladder_id ON bookings
WHEN OLD.status IN ('confirmed', 'cancelled') BEGIN SELECT RAISE(ABORT, 'the price of a booking that was confirmed is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_fixed BEFORE UPDATE OF kind, supplier, prefix ON number_series
BEGIN SELECT RAISE(ABORT, 'how the numbers of a series read is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER purchase_rules_fixed_update BEFORE UPDATE ON purchase_rules
BEGIN SELECT RAISE(ABORT, 'purchase_rules rows are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER purchase_rules_fixed_delete BEFORE DELETE ON purchase_rules
BEGIN SELECT RAISE(ABORT, 'purchase_rules rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER purchase_rules_never_replaced BEFORE INSERT ON purchase_rules WHEN EXISTS (SELECT 1 FROM purchase_rules x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: purchase_rules rows are never replaced'); END;
-- +goose StatementEnd
