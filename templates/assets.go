package templates

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
)

// The folder holds only .gitkeep on a bare clone: "all:" lets that build.
//
//go:embed all:static
var builtAssets embed.FS

// neededAssets are the files without which no page looks or works as it should.
var neededAssets = []string{"ssph.css", "main.js", "autosave.js", "drafts.js", "nhsuk-frontend.min.js", "favicon.svg"}

// StaticFS is what stands under /static/: the built style sheet, scripts and pictures.
func StaticFS() fs.FS {
	sub, err := fs.Sub(builtAssets, "static")
	if err != nil {
		panic(err) // only for a path that is not valid, and this one is a constant
	}
	return sub
}

// AssetsBuilt says whether the front end was built into this program; the error names the command that does it.
func AssetsBuilt() error { return assetsBuilt(StaticFS()) }

func assetsBuilt(static fs.FS) error {
	var missing []string
	for _, name := range neededAssets {
		if _, err := fs.Stat(static, name); err != nil {
			missing = append(missing, name)
		}
	}
	if missing == nil {
		return nil
	}
	return fmt.Errorf("the front end is not built (%s missing): run `make assets`, then build the program again", strings.Join(missing, ", "))
}

// assetURLs gives every built file an address that changes with its content, so that browsers may keep it for ever.
func assetURLs(static fs.FS) (map[string]string, error) {
	urls := map[string]string{}
	err := fs.WalkDir(static, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(static, path)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		urls[path] = "/static/" + path + "?v=" + hex.EncodeToString(sum[:5])
		return nil
	})
	return urls, err
}

// assetFunc looks addresses up for the templates. A file that is not built keeps its plain address: tests need no front end.
func assetFunc(urls map[string]string) func(string) string {
	return func(name string) string {
		if url, ok := urls[name]; ok {
			return url
		}
		return "/static/" + name
	}
}
