-- +goose Up
-- What was asked for, agreed and numbered stays as it was: of a refund and a dispute only how it ended may change, of a booking that was
-- confirmed not its price, of a series not how its numbers read.

CREATE TRIGGER refunds_sums_fixed BEFORE UPDATE OF payment_id, method, gross_pence, reason, request_key, credit_id, replaces_id ON refunds
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER disputes_sums_fixed BEFORE UPDATE OF payment_id, gross_pence, stripe_dispute_id ON disputes
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bookings_price_fixed BEFORE UPDATE OF unit_net_pence, discount_thousandths, discount_reason, price_id, ladder_id ON bookings
  FOR EACH ROW WHEN (OLD.status IN ('confirmed', 'cancelled')) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER number_series_fixed BEFORE UPDATE OF kind, supplier, prefix ON number_series FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER purchase_rules_fixed BEFORE UPDATE OR DELETE ON purchase_rules FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER purchase_rules_kept BEFORE TRUNCATE ON purchase_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
