package access

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hub.salford.ac.uk/ssph/models"
)

// keyFileMode lets only the program's own user read the key.
const keyFileMode fs.FileMode = 0o600

// LoadKeys reads the key file. When create is true and there is no file, it makes one with a fresh key, readable only by this
// user; two programs that start at once end with the same key. Errors: not found; invalid, for a file that others can read or
// that holds no proper key, with a sentence that tells the operator what to do.
func LoadKeys(path string, create bool) (Keys, error) {
	keys, err := readKeys(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, err
	}
	if !create {
		return Keys{}, models.NotFound("There is no key file %s", path).Because(err)
	}
	if err := writeKeys(path, NewKeys()); err != nil && !errors.Is(err, fs.ErrExist) {
		return Keys{}, fmt.Errorf("make the key file: %w", err)
	}
	return readKeys(path)
}

func readKeys(path string) (Keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Keys{}, fmt.Errorf("read the key file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return Keys{}, models.Invalid("keys", "The key file %s is not a file", path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return Keys{}, models.Invalid("keys", "Others on this machine can open the key file %s. Close it with: chmod 600 %[1]s", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Keys{}, fmt.Errorf("read the key file: %w", err)
	}
	keys, err := ParseKeys(string(text))
	var fault *models.Error
	if errors.As(err, &fault) {
		fault.Msg = fmt.Sprintf("Key file %s: %s", path, fault.Msg)
	}
	return keys, err
}

// writeKeys writes a whole file beside the place and then links it there: nobody ever reads half a key, and the first of two wins.
func writeKeys(path string, keys Keys) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".keys-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, werr := f.WriteString(keys.Text())
	if err := errors.Join(werr, f.Chmod(keyFileMode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
