using KanSharp.Autodiff;

namespace KanSharp.Equations.Solving;

/// <summary>What the networks see of a point: the variables, then the features, given functions of them, with exact derivatives.</summary>
internal sealed class NetworkInputs
{
    private readonly int _dimension;
    private readonly GivenFunction[] _features;

    /// <param name="problem">The problem.</param>
    public NetworkInputs(EquationProblem problem)
    {
        _dimension = problem.Domain.Dimension;
        _features = [.. problem.Features.Values.Select(feature => new GivenFunction(feature, problem.Domain.Variables))];
    }

    /// <summary>Number of inputs.</summary>
    public int Count => _dimension + _features.Length;

    /// <summary>The derivatives of the features at points, to be used again and again; null without features.</summary>
    public double[]?[][]? Prepare(Tensor<double> points, JetShape shape) =>
        _features.Length == 0 ? null : [.. _features.Select(feature => feature.Evaluate(shape, points.Span))];

    /// <summary>The inputs as a jet.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="points">[N, d].</param>
    /// <param name="prepared">Derivatives of the features at all points.</param>
    /// <param name="shape">The derivatives that are wanted.</param>
    /// <param name="start">First point.</param>
    /// <param name="count">Number of points.</param>
    public Jet<double> Record(Tape<double> tape, Tensor<double> points, double[]?[][]? prepared, JetShape shape, int start, int count)
    {
        if (prepared is null)
            return Jet<double>.Seed(tape.Constant(points.Span.Slice(start * _dimension, count * _dimension), new Shape(count, _dimension)), shape);
        var nodes = new Node<double>?[shape.Count];
        var rows = new double[count * Count];
        for (int index = 0; index < shape.Count; index++)
        {
            PartialDerivative component = shape.Components[index];
            if (component.Order > 1 && prepared.All(feature => feature[index] is null))
                continue;
            for (int row = 0; row < count; row++)
            {
                Span<double> own = rows.AsSpan(row * Count, Count);
                own.Clear();
                if (component.Order == 0)
                    points.Row(start + row).CopyTo(own);
                else if (component.Order == 1)
                    own[component[0]] = 1;
                for (int feature = 0; feature < _features.Length; feature++)
                    own[_dimension + feature] = prepared[feature][index]?[start + row] ?? 0;
            }

            nodes[index] = tape.Constant(rows, new Shape(count, Count)).Node;
        }

        return Jet<double>.Of(shape, nodes);
    }

    /// <summary>The inputs as rows.</summary>
    public Tensor<double> Rows(Tensor<double> points)
    {
        if (_features.Length == 0)
            return points;
        JetShape shape = JetShape.Of();
        return Record(new Tape<double> { RecordsGradients = false }, points, Prepare(points, shape), shape, 0, points.Shape[0]).Value.ToTensor();
    }

    /// <summary>Ranges of the inputs: of the variables those of the domain, of the features what points show, a little widened.</summary>
    public IReadOnlyList<(double Low, double High)> Bounds(Domains.Domain domain)
    {
        if (_features.Length == 0)
            return domain.Bounds;
        Tensor<double> rows = Rows(domain.Interior(4000, Domains.PointSequence.Sobol, 0));
        var bounds = new List<(double Low, double High)>(domain.Bounds);
        for (int feature = _dimension; feature < Count; feature++)
        {
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int row = 0; row < rows.Shape[0]; row++)
                (low, high) = (Math.Min(low, rows[row, feature]), Math.Max(high, rows[row, feature]));
            if (!double.IsFinite(high - low) || low == high)
                throw new ArgumentException($"A feature ranges from {low} to {high} in the domain; it must be finite and not constant there.");
            double margin = 0.02 * (high - low);
            bounds.Add((low - margin, high + margin));
        }

        return bounds;
    }
}
