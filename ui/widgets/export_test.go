package widgets

// Paint paints one frame of g, for benchmarks.
func Paint(g *Grid, w, h int) { g.paint(w, h) }
