package billing

import (
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"pgregory.net/rapid"
)

func TestShares_SumExactlyInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 15).Draw(t, "n")
		total := models.Pence(rapid.Int64Range(0, 300000*15).Draw(t, "total"))
		left := total
		for _, i := range rapid.Permutation(Shares(total, n)).Draw(t, "order") {
			if i < total/models.Pence(n) || i > total/models.Pence(n)+1 {
				t.Fatalf("share %d of %d in %d parts is not fair", i, total, n)
			}
			left -= i
		}
		if left != 0 {
			t.Fatalf("%d pence left", left)
		}
	})
}

func TestShares_HugeTotalDoesNotOverflow(t *testing.T) {
	const most = models.Pence(1<<63 - 1)
	var sum models.Pence
	for _, s := range Shares(most, 15) {
		sum += s
	}
	if sum != most {
		t.Errorf("sum %d", sum)
	}
}

func TestShare_OutsideTheLineIsNothing(t *testing.T) {
	for _, i := range []int{-1, 0, 4} {
		if got := Share(100, i, 3); got != 0 {
			t.Errorf("ordinal %d: %d", i, got)
		}
	}
	if len(Shares(100, 0)) != 0 || len(Shares(100, -1)) != 0 || Share(-100, 1, 1) != 0 {
		t.Error("no places or a negative total share nothing")
	}
}
