"""HTML and SVG that hold no script and load nothing: elements, style, cards and pages."""
