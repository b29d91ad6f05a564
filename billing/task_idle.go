package billing

import (
	"context"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// finishIdle ends the tasks about payments and failed refunds that leave nothing to decide: their money has another purpose, or is gone.
func finishIdle(ctx context.Context, tx models.DB) error {
	rows, err := openTasks(ctx, tx, append(slices.Clone(tasksOfMoney), taskRefundFailed))
	if err != nil || len(rows) == 0 {
		return err
	}
	free, err := Unallocated(ctx, tx, access.System())
	if err != nil {
		return err
	}
	failed, err := FailedRefunds(ctx, tx, access.System())
	if err != nil {
		return err
	}
	for _, t := range rows {
		left := slices.ContainsFunc(free, func(p UnallocatedPayment) bool { return p.ID == t.AboutID })
		if t.Kind == taskRefundFailed {
			left = slices.ContainsFunc(failed, func(r RefundToDo) bool { return r.ID == t.AboutID })
		}
		if left {
			continue
		}
		if err := finishTaskAbout(ctx, tx, access.System(), t.Kind, t.AboutKind, t.AboutID); err != nil {
			return err
		}
	}
	return nil
}
