package templates

import (
	"os/exec"
	"testing"
)

// Node.js builds the front end and runs what is said of it in templates/assets/js/*.test.mjs.
func TestScripts_KeepDraftsApart(t *testing.T) {
	t.Parallel()
	if out, err := exec.CommandContext(t.Context(), "node", "--no-warnings", "--test", "assets/js").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
