using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Tests.Training.Kaczmarz;

/// <summary>
/// Newton-Kaczmarz steps from the formulas, in plain double code: Cox-de Boor recursion on the network's own knots, dense Jacobian rows, Gaussian elimination.
/// Weights of a layer are measured in units of its outputs: half the grid of the next layer's inputs, the deviation of the targets, both to the nearest power of two.
/// </summary>
internal sealed class NaiveKaczmarz
{
    private readonly List<Layer> _layers = [];
    private readonly double[] _targetUnits;

    public NaiveKaczmarz(KanNetwork<double> network, IReadOnlyList<double> targetScale)
    {
        foreach (KanLinear<double> layer in network.Layers)
            _layers.Add(new Layer(layer));
        _targetUnits = [.. targetScale.Select(PowerOfTwo)];
        for (int l = 0; l < _layers.Count; l++)
        {
            _layers[l].Units = l + 1 < _layers.Count
                ? [.. Enumerable.Range(0, _layers[l].Outputs).Select(o => PowerOfTwo(_layers[l + 1].HalfRange(o)))]
                : _targetUnits;
        }
    }

    public IReadOnlyList<double[,,]> Coefficients => [.. _layers.Select(layer => layer.C)];

    public IReadOnlyList<double[,]?> Base => [.. _layers.Select(layer => layer.W)];

    public IReadOnlyList<double[]?> Bias => [.. _layers.Select(layer => layer.Bias)];

    public static double PowerOfTwo(double scale) => Math.Pow(2, Math.Round(Math.Log2(scale)));

    public double[] Predict(double[] x)
    {
        foreach (Layer layer in _layers)
            x = layer.Forward(x);
        return x;
    }

    /// <summary>α·c·Jᵀ·r.</summary>
    public void Constant(double[] x, double[] y, double alpha)
    {
        double[][] rows = Jacobian(x);
        double[] output = Predict(x);
        int at = 0, below = _layers.Skip(1).Aggregate(1, (product, layer) => product * layer.Inputs);
        foreach (Layer layer in _layers)
        {
            double factor = (double)below / layer.Inputs;
            int count = layer.Count;
            var delta = new double[count];
            for (int p = 0; p < count; p++)
            {
                for (int t = 0; t < y.Length; t++)
                    delta[p] += alpha * factor * rows[t][at + p] * (y[t] - output[t]) / _targetUnits[t];
            }

            layer.Add(delta);
            at += count;
            below /= layer == _layers[^1] ? 1 : _layers[_layers.IndexOf(layer) + 1].Inputs;
        }
    }

    /// <summary>α·Jᵀ·(J·Jᵀ + λ)⁻¹·r for one or several records.</summary>
    public void Project(double[][] x, double[][] y, double alpha, double damping)
    {
        double[][] rows = [.. x.SelectMany(Jacobian)];
        double[] residual = [.. x.Zip(y).SelectMany(pair => Predict(pair.First).Zip(pair.Second).Select((value, t) => alpha * (value.Second - value.First) / _targetUnits[t]))];
        int n = rows.Length;
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                matrix[i, j] = rows[i].Zip(rows[j], (a, b) => a * b).Sum() + (i == j ? damping : 0);
        }

        double[] weights = Solve(matrix, residual);
        int at = 0;
        foreach (Layer layer in _layers)
        {
            var delta = new double[layer.Count];
            for (int p = 0; p < delta.Length; p++)
            {
                for (int i = 0; i < n; i++)
                    delta[p] += weights[i] * rows[i][at + p];
            }

            layer.Add(delta);
            at += delta.Length;
        }
    }

    /// <summary>One row per target: derivatives by all weights, everything in units.</summary>
    private double[][] Jacobian(double[] x)
    {
        double[][] inputs = new double[_layers.Count][];
        for (int l = 0; l < _layers.Count; l++)
        {
            inputs[l] = x;
            x = _layers[l].Forward(x);
        }

        return [.. Enumerable.Range(0, x.Length).Select(t =>
        {
            var row = new List<double>();
            double[] gradient = new double[x.Length];
            gradient[t] = 1 / _targetUnits[t];
            for (int l = _layers.Count - 1; l >= 0; l--)
            {
                row.InsertRange(0, _layers[l].Derivatives(inputs[l], gradient));
                gradient = _layers[l].Backward(inputs[l], gradient);
            }

            return row.ToArray();
        })];
    }

    private static double[] Solve(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int c = 0; c < n; c++)
        {
            int pivot = Enumerable.Range(c, n - c).MaxBy(r => Math.Abs(a[r, c]));
            for (int j = 0; j < n; j++)
                (a[c, j], a[pivot, j]) = (a[pivot, j], a[c, j]);
            (b[c], b[pivot]) = (b[pivot], b[c]);
            for (int r = c + 1; r < n; r++)
            {
                double factor = a[r, c] / a[c, c];
                for (int j = c; j < n; j++)
                    a[r, j] -= factor * a[c, j];
                b[r] -= factor * b[c];
            }
        }

        for (int r = n - 1; r >= 0; r--)
        {
            for (int j = r + 1; j < n; j++)
                b[r] -= a[r, j] * b[j];
            b[r] /= a[r, r];
        }

        return b;
    }

    private sealed class Layer
    {
        private readonly double[][] _knots;
        private readonly int _degree;
        private readonly Activation? _base;
        private readonly bool[,] _on;

        public Layer(KanLinear<double> layer)
        {
            Inputs = layer.Inputs;
            Outputs = layer.Outputs;
            _degree = layer.Options.Spline.Degree;
            _knots = [.. Enumerable.Range(0, Inputs).Select(i => layer.Knots.Value.Row(i).ToArray())];
            _base = layer.BaseWeight is null ? null : layer.Options.BaseActivation;
            _on = new bool[Inputs, Outputs];
            C = new double[Inputs, layer.Coefficients.Shape[1], Outputs];
            W = _base is null ? null : new double[Inputs, Outputs];
            Bias = layer.Bias?.Value.Span.ToArray();
            for (int i = 0; i < Inputs; i++)
            {
                for (int o = 0; o < Outputs; o++)
                {
                    _on[i, o] = layer.Mask is null || layer.Mask.Value[i, o] != 0;
                    for (int n = 0; n < C.GetLength(1); n++)
                        C[i, n, o] = layer.Coefficients.Value[i, n, o] * (layer.EdgeScale?.Value[i, o] ?? 1);
                    if (W is not null)
                        W[i, o] = layer.BaseWeight!.Value[i, o];
                }
            }
        }

        public int Inputs { get; }

        public int Outputs { get; }

        public double[,,] C { get; }

        public double[,]? W { get; }

        public double[]? Bias { get; }

        public double[] Units { get; set; } = [];

        public int Count => C.Length + (W?.Length ?? 0) + (Bias?.Length ?? 0);

        public double HalfRange(int input) => (_knots[input][^(_degree + 1)] - _knots[input][_degree]) / 2;

        public double[] Forward(double[] x)
        {
            double[] y = Bias is null ? new double[Outputs] : (double[])Bias.Clone();
            ForEach(x, 0, (i, n, o, value) => y[o] += value * (n < C.GetLength(1) ? C[i, n, o] : W![i, o]));
            return y;
        }

        public double[] Backward(double[] x, double[] g)
        {
            var gx = new double[Inputs];
            ForEach(x, 1, (i, n, o, value) => gx[i] += g[o] * value * (n < C.GetLength(1) ? C[i, n, o] : W![i, o]));
            return gx;
        }

        /// <summary>Derivatives by coefficients, base weights and biases, each measured in units of its output.</summary>
        public double[] Derivatives(double[] x, double[] g)
        {
            var row = new double[Count];
            ForEach(x, 0, (i, n, o, value) => row[n < C.GetLength(1) ? (i * C.GetLength(1) + n) * Outputs + o : C.Length + i * Outputs + o] = g[o] * Units[o] * value);
            for (int o = 0; o < Outputs && Bias is not null; o++)
                row[C.Length + (W?.Length ?? 0) + o] = g[o] * Units[o];
            return row;
        }

        public void Add(double[] delta)
        {
            int at = 0;
            for (int i = 0; i < Inputs; i++)
            {
                for (int n = 0; n < C.GetLength(1); n++)
                {
                    for (int o = 0; o < Outputs; o++)
                        C[i, n, o] += Units[o] * delta[at++];
                }
            }

            for (int i = 0; i < Inputs && W is not null; i++)
            {
                for (int o = 0; o < Outputs; o++)
                    W[i, o] += Units[o] * delta[at++];
            }

            for (int o = 0; o < Outputs && Bias is not null; o++)
                Bias[o] += Units[o] * delta[at++];
        }

        private void ForEach(double[] x, int order, Action<int, int, int, double> visit)
        {
            for (int i = 0; i < Inputs; i++)
            {
                for (int n = 0; n <= C.GetLength(1); n++)
                {
                    if (n == C.GetLength(1) && _base is null)
                        continue;
                    double value = n < C.GetLength(1) ? Function(i, n, x[i], order) : _base!.Evaluate(x[i], order);
                    for (int o = 0; o < Outputs; o++)
                    {
                        if (_on[i, o])
                            visit(i, n, o, value);
                    }
                }
            }
        }

        /// <summary>A B-spline, continued along its tangent outside of the grid.</summary>
        private double Function(int input, int n, double x, int order)
        {
            double[] t = _knots[input];
            double low = t[_degree], high = t[^(_degree + 1)], inside = Math.Clamp(x, low, high);
            double slope = Slope(t, n, inside);
            return order == 1 ? slope : Value(t, n, _degree, inside) + slope * (x - inside);
        }

        private double Value(double[] t, int n, int degree, double x)
        {
            if (degree == 0)
            {
                // the last cell of the grid is closed
                double high = t[^(_degree + 1)];
                return (x == high ? t[n + 1] == high : x >= t[n] && x < t[n + 1]) ? 1 : 0;
            }

            double left = t[n + degree] - t[n], right = t[n + degree + 1] - t[n + 1];
            return (left > 0 ? (x - t[n]) / left * Value(t, n, degree - 1, x) : 0) + (right > 0 ? (t[n + degree + 1] - x) / right * Value(t, n + 1, degree - 1, x) : 0);
        }

        private double Slope(double[] t, int n, double x)
        {
            double left = t[n + _degree] - t[n], right = t[n + _degree + 1] - t[n + 1];
            return _degree * ((left > 0 ? Value(t, n, _degree - 1, x) / left : 0) - (right > 0 ? Value(t, n + 1, _degree - 1, x) / right : 0));
        }
    }
}
