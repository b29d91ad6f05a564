package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/tool"
)

func TestLoadPack_ReadsAnotherOneAndSaysWhatIsWrongWithIt(t *testing.T) {
	starter, err := Config{}.loadPack()
	if err != nil || starter.ID != "ssph-starter" {
		t.Fatalf("without a file: %s, %v", starter.ID, err)
	}
	whole, err := os.ReadFile(filepath.Join("..", "..", "..", "tool", "packs", "starter.json"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "pack.json")
	write := func(body []byte) (tool.Pack, error) {
		t.Helper()
		if err := os.WriteFile(file, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return Config{PackFile: file}.loadPack()
	}
	other, err := write(bytes.Replace(whole, []byte(`"ssph-starter"`), []byte(`"hub-official"`), 1))
	if err != nil || other.ID != "hub-official" || other.Digest == starter.Digest {
		t.Errorf("another pack: %s, %v", other.ID, err)
	}
	for body, says := range map[string]string{
		"{": "This pack is not JSON",
		strings.Replace(string(whole), `"level": "red"`, `"level": "green"`, 1): "This pack breaks its schema at flags/0/level",
		strings.Replace(string(whole), `"code": "999"`, `"code": "99"`, 1):      "This pack contradicts itself",
	} {
		if _, err := write([]byte(body)); err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "SSPH_PACK_FILE") {
			t.Errorf("%v, want it to say %q", err, says)
		}
	}
	if _, err := (Config{PackFile: filepath.Join(t.TempDir(), "none.json")}).loadPack(); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("no file: %v", err)
	}
}
