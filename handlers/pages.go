package handlers

import (
	"net/url"
	"strconv"

	"hub.salford.ac.uk/ssph/templates"
)

// pageOf cuts the page that the address asks for out of a list, and says where its neighbours are. A page that is not there is the
// nearest one that is.
func pageOf[T any](all []T, size int, path string, asked url.Values) ([]T, templates.Pages) {
	pages := max((len(all)+size-1)/size, 1)
	now, _ := strconv.Atoi(asked.Get("page")) // anything else is the first page
	now = min(max(now, 1), pages)
	return all[min((now-1)*size, len(all)):min(now*size, len(all))], neighbours(path, asked, now, pages)
}

// neighbours are the addresses of the pages before and after, with everything else that was asked.
func neighbours(path string, asked url.Values, now, pages int) templates.Pages {
	p := templates.Pages{Now: now, Of: pages}
	at := func(n int) string {
		query := url.Values{}
		for name, values := range asked {
			query[name] = values
		}
		query.Set("page", strconv.Itoa(n))
		return path + "?" + query.Encode()
	}
	if now > 1 {
		p.Previous = at(now - 1)
	}
	if now < pages {
		p.Next = at(now + 1)
	}
	return p
}
