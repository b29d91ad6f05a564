package tool

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// The known text, and the name under which each key that ever sealed keeps its own: the first had no number in it.
const (
	canaryName = "case text"
	canaryText = "SSPH: the key opens the cases"
)

func canaryNameOf(key access.Keys) string { return fmt.Sprintf("%s/%08x", canaryName, keyID(key)) }

// CheckKey finds out, before anything is served, whether the program has every key with which texts of this database were sealed, the
// new one and those before it. A key it is shown for the first time is noted, beside the others it must have. Error: invalid with
// field "keys" and a sentence for the operator.
func CheckKey(ctx context.Context, db models.DB, key access.Keys, former ...access.Keys) error {
	if key.IsZero() {
		return models.Invalid("keys", "There is no key. The cases in this database are sealed with one, and nothing is served without it")
	}
	sealer, err := NewSealer(key, former...)
	if err != nil {
		return err
	}
	all, err := canaries(ctx, db)
	if err != nil {
		return err
	}
	opened := 0
	for _, one := range all {
		if text, err := sealer.open(one.Sealed, one.Name); err == nil && text == canaryText {
			opened++
		}
	}
	switch {
	case opened == 0 && len(all) > 0:
		return models.Invalid("keys", "This is not the key with which the cases of this database are sealed. "+
			"Put the right key file back; without it they cannot be read")
	case opened < len(all):
		return models.Invalid("keys", "The cases of this database are sealed with %d keys, and %d of them are there. "+
			"Put the others back, after the new one; without them those cases cannot be read", len(all), opened)
	}
	alone, err := NewSealer(key.Alone())
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(one canaryRow) bool { _, err := alone.open(one.Sealed, one.Name); return err == nil }) {
		return nil
	}
	return makeCanary(ctx, db, sealer, canaryNameOf(key))
}

// Sealed says that texts of this database may be sealed already, with a key that was made before.
func Sealed(ctx context.Context, db models.DB) (bool, error) {
	all, err := canaries(ctx, db)
	return len(all) > 0, err
}

// makeCanary writes the known text; of two programs that start at once the first counts.
func makeCanary(ctx context.Context, db models.DB, sealer Sealer, name string) error {
	sealed, err := sealer.seal(canaryText, name)
	if err != nil {
		return err
	}
	err = db.InTx(ctx, func(tx models.DB) error { return insertCanary(ctx, tx, name, sealed) })
	if errors.Is(err, models.ErrDuplicate) {
		return nil
	}
	return err
}
