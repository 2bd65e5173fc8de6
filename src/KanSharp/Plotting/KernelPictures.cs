using System.Globalization;
using System.Numerics;
using KanSharp.Layers;
using KanSharp.Layers.Images;

namespace KanSharp.Plotting;

/// <summary>
/// The kernels of a KAN convolution: for each pair of input and output channel the functions φ(x) of all places of the window, laid out as the window is. All curves
/// of a picture have the same scales.
/// </summary>
public sealed record KernelPictures
{
    private const int Points = 41;
    private const double Cell = 44, Gap = 18, Margin = 20, Top = 74;

    private readonly double[] _x;
    private readonly double[][][] _curves;
    private readonly ConvWindow _window;
    private readonly int _inputs;
    private readonly int _outputs;

    private KernelPictures(double[] x, double[][][] curves, ConvWindow window, int inputs, int outputs) =>
        (_x, _curves, _window, _inputs, _outputs) = (x, curves, window, inputs, outputs);

    /// <summary>Headline; default "Kernels".</summary>
    public string Title { get; init; } = "Kernels";

    /// <summary>Takes the curves of a layer's first group over the range of its functions.</summary>
    /// <param name="layer">The convolution.</param>
    /// <param name="inputs">Input channels that are shown, at most; default 8.</param>
    /// <param name="outputs">Output channels that are shown, at most; default 8.</param>
    /// <exception cref="NotSupportedException">The edges are no functions of one number (the layer normalises rows).</exception>
    public static KernelPictures Of<T>(KanConv<T> layer, int inputs = 8, int outputs = 8)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        KanLinear<T> kernel = layer.Kernels[0];
        int all = kernel.Outputs / layer.Window.Taps;
        (inputs, outputs) = (Math.Min(inputs, kernel.Inputs), Math.Min(outputs, all));
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int input = 0; input < inputs; input++)
        {
            (double from, double to) = EdgeFunctions.Range(kernel, input);
            (low, high) = (Math.Min(low, from), Math.Max(high, to));
        }

        T[] places = [.. Enumerable.Range(0, Points).Select(index => T.CreateTruncating(low + (high - low) * index / (Points - 1)))];
        var curves = new double[inputs][][];
        double[] basePart = new double[Points * kernel.Outputs], values = new double[Points * kernel.Outputs];
        for (int input = 0; input < inputs; input++)
        {
            EdgeFunctions.Evaluate(kernel, input, places, basePart, values);
            curves[input] = [.. Enumerable.Range(0, outputs * layer.Window.Taps).Select(index =>
            {
                int edge = index % layer.Window.Taps * all + index / layer.Window.Taps;
                return Enumerable.Range(0, Points).Select(point => basePart[point * kernel.Outputs + edge] + values[point * kernel.Outputs + edge]).ToArray();
            })];
        }

        return new KernelPictures(Array.ConvertAll(places, double.CreateTruncating), curves, layer.Window, inputs, outputs);
    }

    /// <summary>Draws the kernels: a column for each input channel, a row for each output channel.</summary>
    public Scene Draw()
    {
        int columns = _window.Kernel[^1], rows = _window.Taps / columns;
        double width = columns * Cell, height = rows * Cell;
        double[] finite = [.. _curves.SelectMany(input => input).SelectMany(curve => curve).Where(double.IsFinite)];
        double low = Math.Min(0, finite.DefaultIfEmpty().Min()), high = Math.Max(0, finite.DefaultIfEmpty().Max());
        double sceneWidth = Math.Max(340, 2 * Margin + 40 + _inputs * (width + Gap)), sceneHeight = Top + _outputs * (height + Gap) + Margin;
        string note = string.Create(CultureInfo.InvariantCulture, $"x from {_x[0]:G3} to {_x[^1]:G3}, φ(x) from {low:G3} to {high:G3}; grey: φ = 0");
        var elements = new List<SceneElement>
        {
            Headline.At(Margin, 26, Title, sceneWidth - 2 * Margin),
            Label(note, Margin, 44, TextAnchor.Start),
        };
        for (int input = 0; input < _inputs; input++)
        {
            double left = Margin + 40 + input * (width + Gap);
            elements.Add(Label(string.Create(CultureInfo.InvariantCulture, $"in {input}"), left + width / 2, Top - 4, TextAnchor.Middle));
            for (int output = 0; output < _outputs; output++)
            {
                double top = Top + output * (height + Gap);
                if (input == 0)
                    elements.Add(Label(string.Create(CultureInfo.InvariantCulture, $"out {output}"), left - 8, top + height / 2 + 4, TextAnchor.End));
                for (int tap = 0; tap < _window.Taps; tap++)
                    DrawCell(_curves[input][output * _window.Taps + tap], left + tap % columns * Cell, top + tap / columns * Cell, low, high, elements);
            }
        }

        return new Scene { Width = sceneWidth, Height = sceneHeight, Title = Title, Description = $"Functions of a {ConvWindow.Show(_window.Kernel)} window, {note}.", Elements = elements };
    }

    private void DrawCell(double[] curve, double left, double top, double low, double high, List<SceneElement> elements)
    {
        double span = Math.Max(high - low, 1e-12);
        elements.Add(new RectangleElement(left, top, Cell, Cell) { Style = new SceneStyle { Fill = "#fbfcfd", Stroke = "#d0d7de" } });
        elements.Add(new PathElement([new(left, Y(0)), new(left + Cell, Y(0))]) { Style = SceneStyle.Line("#d0d7de") });
        ScenePoint[] points = [.. curve.Select((value, index) => new ScenePoint(left + Cell * index / (Points - 1), Y(double.IsFinite(value) ? value : 0)))];
        elements.Add(new PathElement(points) { Style = SceneStyle.Line(Palette.Blue, 1.6) });

        double Y(double value) => top + 3 + (Cell - 6) * (high - value) / span;
    }

    private static TextElement Label(string text, double x, double y, TextAnchor anchor) =>
        new(x, y, text) { Size = 11, Anchor = anchor, Style = SceneStyle.Solid(Palette.Muted) };
}
