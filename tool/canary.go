package tool

import (
	"context"
	"errors"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// The known text, and the name under which it is kept.
const (
	canaryName = "case text"
	canaryText = "SSPH: the key opens the cases"
)

// CheckKey finds out, before anything is served, whether the program has the key with which the cases of this database are sealed.
// A database without a case yet takes the key it is shown first. Error: invalid with field "keys" and a sentence for the operator.
func CheckKey(ctx context.Context, db models.DB, key access.Keys, former ...access.Keys) error {
	if key.IsZero() {
		return models.Invalid("keys", "There is no key. The cases in this database are sealed with one, and nothing is served without it")
	}
	sealer, err := NewSealer(key, former...)
	if err != nil {
		return err
	}
	sealed, err := canary(ctx, db)
	if errors.Is(err, models.ErrNoRow) {
		if sealed, err = makeCanary(ctx, db, sealer); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	if text, err := sealer.open(sealed, canaryName); err != nil || text != canaryText {
		return models.Invalid("keys", "This is not the key with which the cases of this database are sealed. "+
			"Put the right key file back; without it they cannot be read").Because(err)
	}
	return nil
}

// makeCanary writes the known text; of two programs that start at once the first counts.
func makeCanary(ctx context.Context, db models.DB, sealer Sealer) ([]byte, error) {
	sealed, err := sealer.seal(canaryText, canaryName)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, func(tx models.DB) error { return insertCanary(ctx, tx, sealed) })
	if err != nil && !errors.Is(err, models.ErrDuplicate) {
		return nil, err
	}
	return canary(ctx, db)
}
