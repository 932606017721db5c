package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"garrod/review"
)

// savePanel stores the content of a panel unless it is there already, and
// returns what a case names it by: the hash of its content, nil for no panel.
func (t *tx) savePanel(p *review.Panel) (any, error) {
	if p == nil {
		return nil, nil
	}
	b, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	hash := hex.EncodeToString(sum[:])
	var n int
	if err := t.row("SELECT count(*) FROM panel WHERE sha256 = ?", hash).Scan(&n); err != nil || n > 0 {
		return hash, err
	}
	err = t.exec("INSERT INTO panel (sha256, name, version, date, source) VALUES (?, ?, ?, ?, ?)",
		hash, p.Name, p.Version, p.Date, p.Source)
	if err != nil {
		return nil, err
	}
	for i, g := range p.Genes {
		err := t.exec("INSERT INTO panel_gene (panel, ord, hgnc, symbol, moi) VALUES (?, ?, ?, ?, ?)",
			hash, i, g.HGNC, g.Symbol, g.MOI)
		if err != nil {
			return nil, err
		}
	}
	return hash, nil
}

// loadPanels gives each case its panel. Cases with the same panel share the
// list of its genes; the pointers are their own.
func (t *tx) loadPanels(cs *caseSet) error {
	known := map[string]review.Panel{}
	for _, c := range cs.order {
		hash := cs.panel[c.ID]
		if hash == "" {
			continue
		}
		p, ok := known[hash]
		if !ok {
			var err error
			if p, err = t.loadPanel(hash); err != nil {
				return err
			}
			known[hash] = p
		}
		c.Panel = &p
	}
	return nil
}

func (t *tx) loadPanel(hash string) (review.Panel, error) {
	var p review.Panel
	err := t.row("SELECT name, version, date, source FROM panel WHERE sha256 = ?", hash).
		Scan(&p.Name, &p.Version, &p.Date, &p.Source)
	if err != nil {
		return review.Panel{}, err
	}
	err = t.each(func(r scanner) error {
		var g review.PanelGene
		err := r.Scan(&g.HGNC, &g.Symbol, &g.MOI)
		p.Genes = append(p.Genes, g)
		return err
	}, "SELECT hgnc, symbol, moi FROM panel_gene WHERE panel = ? ORDER BY ord", hash)
	return p, err
}
