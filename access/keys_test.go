package access_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

func TestKeys_FileIsMadeOnceAndOnlyForUs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "var", "keys")
	if _, err := access.LoadKeys(path, false); models.KindOf(err) != models.KindNotFound || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	first, err := access.LoadKeys(path, true)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	for _, create := range []bool{true, false} {
		if again, err := access.LoadKeys(path, create); err != nil || again.Claim("x") != first.Claim("x") {
			t.Errorf("loaded again (create %t): another key, %v", create, err)
		}
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

func TestKeys_ProgramsThatStartAtOnceShareOne(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys")
	var wait sync.WaitGroup
	claims := make([]string, 8)
	for i := range claims {
		wait.Go(func() {
			k, err := access.LoadKeys(path, true)
			if err != nil {
				t.Error(err)
				return
			}
			claims[i] = k.Claim("x")
		})
	}
	wait.Wait()
	for _, claim := range claims {
		if claim != claims[0] {
			t.Fatalf("several keys: %v", claims)
		}
	}
}

func TestKeys_FileThatOthersCanOpenIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, []byte(access.NewKeys().Text()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []fs.FileMode{0o644, 0o640, 0o602} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := access.LoadKeys(path, true)
		if models.KindOf(err) != models.KindInvalid || !strings.Contains(err.Error(), "chmod 600 "+path) {
			t.Errorf("%v: %v", mode, err)
		}
	}
	if _, err := access.LoadKeys(t.TempDir(), true); models.KindOf(err) != models.KindInvalid {
		t.Errorf("a folder: %v", err)
	}
}

func TestKeys_BadKeysAreRefusedAndNeverQuoted(t *testing.T) {
	t.Parallel()
	short := base64.StdEncoding.EncodeToString([]byte("only twenty bytes!!!"))
	twice := access.NewKeys().Text()
	twice += twice
	formerTwice := access.NewKeys().Text() + twice
	for text, want := range map[string]string{
		"":                    "There must be a key, and none was found",
		"# nothing\n\n":       "There must be a key, and none was found",
		"hunter 2,second-key": "The key is not base64. Make one with: openssl rand -base64 32",
		twice:                 "One key stands there twice. Put the new key first and each former one once after it",
		formerTwice:           "One key stands there twice. Put the new key first and each former one once after it",
		"hunter2 is my key":   "The key is not base64. Make one with: openssl rand -base64 32",
		short:                 "The key has 20 bytes and must have 32. Make one with: openssl rand -base64 32",
		base64.StdEncoding.EncodeToString(make([]byte, 32)): "The key is one byte repeated. Make a random one with: openssl rand -base64 32",
	} {
		_, err := access.ParseKeys(text)
		var fault *models.Error
		if !errors.As(err, &fault) || fault.Msg != want {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
		if err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), short)) {
			t.Errorf("the key is quoted: %v", err)
		}
	}
}

func TestKeys_AreReadInEveryBase64(t *testing.T) {
	t.Parallel()
	root := bytes.Repeat([]byte{0xfb, 0xff, 0x01, 0x7e}, 8)
	var claims []string
	for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		k, err := access.ParseKeys("# remark\r\n  " + e.EncodeToString(root) + "\r\n")
		if err != nil {
			t.Fatal(err)
		}
		claims = append(claims, k.Claim("x"))
	}
	for _, claim := range claims {
		if claim != claims[0] {
			t.Errorf("read differently: %v", claims)
		}
	}
}

func TestKeys_EachPurposeHasItsOwnSecret(t *testing.T) {
	t.Parallel()
	a, b := access.NewKeys(), access.NewKeys()
	if bytes.Equal(a.For("one"), a.For("two")) || bytes.Equal(a.For("one"), b.For("one")) || !bytes.Equal(a.For("one"), a.For("one")) {
		t.Error("secrets are not one to a key and purpose")
	}
	secret := access.NewSecret()
	if a.Claim(secret) == b.Claim(secret) || a.Claim(secret) != a.Claim(secret) || a.Claim(secret) == a.Claim(access.NewSecret()) || len(a.Claim(secret)) != 64 {
		t.Error("claims are not one to a key and secret")
	}
}

func TestKeys_StayOutOfLogs(t *testing.T) {
	t.Parallel()
	k := access.NewKeys()
	for _, line := range []string{fmt.Sprint(k), fmt.Sprintf("%v %+v %#v %s %x %d", k, k, k, k, k, k), fmt.Sprintf("%v", struct{ K access.Keys }{k})} {
		if strings.Trim(line, "[]{}keys ") != "" {
			t.Errorf("a log shows %q", line)
		}
	}
}

func TestSecret_IsLongAndNeverTheSame(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		s := access.NewSecret()
		if len(s) != 43 || seen[s] {
			t.Fatalf("secret %q", s)
		}
		seen[s] = true
	}
}

func FuzzParseKeys(f *testing.F) {
	f.Add(access.NewKeys().Text())
	f.Add("# x\nabc")
	f.Fuzz(func(t *testing.T, text string) {
		k, err := access.ParseKeys(text)
		if err != nil {
			return
		}
		again, err := access.ParseKeys(k.Text())
		if err != nil || again.Claim("x") != k.Claim("x") {
			t.Errorf("%q does not come back the same: %v", text, err)
		}
	})
}

// The first key is the key; those before it come along, however they are parted.
func TestKeys_FormerKeysComeAlong(t *testing.T) {
	t.Parallel()
	current, before, first := access.NewKeys(), access.NewKeys(), access.NewKeys()
	bare := func(k access.Keys) string {
		lines := strings.Split(strings.TrimSpace(k.Text()), "\n")
		return lines[len(lines)-1]
	}
	for name, text := range map[string]string{
		"commas": bare(current) + "," + bare(before) + ", " + bare(first), "lines": current.Text() + before.Text() + first.Text(),
		"both": "# new\n" + bare(current) + "\n\n" + bare(before) + "," + bare(first) + "\n",
	} {
		got, err := access.ParseKeys(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		former := got.Former()
		if got.Claim("x") != current.Claim("x") || len(former) != 2 || former[0].Claim("x") != before.Claim("x") || former[1].Claim("x") != first.Claim("x") {
			t.Errorf("%s: not the three keys in order", name)
		}
		if len(got.Alone().Former()) != 0 {
			t.Errorf("%s: alone it has former keys", name)
		}
	}
}
