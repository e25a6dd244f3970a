"""Captures matplotlib's figures. Part of the driver's program."""

import dataclasses
import io
import sys
import weakref

CHINESE_FONT = "WenQuanYi Zen Hei"

# Chinese fonts of other systems that code may ask for; mapped to the installed one.
ASKED_FOR = ("SimHei", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Arial Unicode MS")


class Figures:
    """Sends figures to the console as pictures, if the code uses matplotlib."""

    def __init__(self, console):
        self.console = console
        self.drawn = weakref.WeakSet()

    def begin(self):
        """Starts a new cell: forgets which figures were drawn."""
        self.drawn.clear()

    def show(self):
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return
        for number in pyplot.get_fignums():
            figure = pyplot.figure(number)
            if figure.axes or figure.texts or figure.images or figure.artists or figure.patches:
                self.draw(figure)
        pyplot.close("all")

    def show_figure(self, value):
        """Returns whether the value is a figure; draws it unless it is open or was drawn already."""
        figures = sys.modules.get("matplotlib.figure")
        if figures is None or not isinstance(value, figures.Figure):
            return False
        pyplot = sys.modules.get("matplotlib.pyplot")
        is_open = pyplot is not None and pyplot.fignum_exists(getattr(value, "number", None))
        if not is_open and value not in self.drawn:
            self.draw(value)
        return True

    def draw(self, figure):
        png = io.BytesIO()
        figure.savefig(png, format="png", bbox_inches="tight")
        self.drawn.add(figure)
        self.console.image(png.getvalue())

    def prepare(self):
        """Configures fonts and the back end, and draws once so that the first figure is fast."""
        import matplotlib

        matplotlib.use("agg")
        import matplotlib.font_manager as fonts
        import matplotlib.pyplot as pyplot

        known = fonts.fontManager.ttflist
        chinese = next((font for font in known if font.name == CHINESE_FONT), None)
        if chinese is not None:
            known.extend(dataclasses.replace(chinese, name=name) for name in ASKED_FOR)
        matplotlib.rcParams["font.sans-serif"] = ["DejaVu Sans", CHINESE_FONT]
        # Fallback to other fonts works within this list, but not within a generic family.
        matplotlib.rcParams["font.family"] = ["sans-serif", CHINESE_FONT]
        matplotlib.rcParams["axes.unicode_minus"] = False
        pyplot.show = lambda *_args, **_kwargs: self.show()
        figure = pyplot.figure()
        figure.text(0, 0, "ready")
        figure.savefig(io.BytesIO(), format="png")
        pyplot.close("all")
