using System.Collections.Concurrent;
using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Solving;

/// <summary>
/// The unknowns as functions of the variables: u = lift + w. Without windows w = distance·v. With windows of time w goes on from the one before: in window m, which
/// begins at T, w = w_before(x, T) (+ (t − T)·∂w_before/∂t) + distance(x)·((t − T)/length)ⁿ·v_m, continuous with as many derivatives as the beginning prescribes.
/// </summary>
internal sealed class WindowedField
{
    private const int RowsPerPass = 4096;
    private readonly Construction _construction;
    private readonly NetworkInputs _inputs;
    private readonly Executor? _executor;
    private readonly IReadOnlyList<string> _variables;
    private readonly int _timeAxis;
    private readonly List<Window> _windows = [];

    /// <param name="domain">The domain.</param>
    /// <param name="construction">What is built in.</param>
    /// <param name="inputs">What the networks see.</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    public WindowedField(Domain domain, Construction construction, NetworkInputs inputs, Executor? executor = null)
    {
        (_construction, _variables, _inputs, _executor) = (construction, domain.Variables, inputs, executor);
        _timeAxis = TimeAxis.Of(domain);
    }

    /// <summary>The windows solved so far, or being solved.</summary>
    public IReadOnlyList<Window> Windows => _windows;

    private int Fields => _construction.Fields.Count;

    /// <summary>Adds a window, the last one of which the module is still to be trained.</summary>
    public void Add(Module<double> module, double start, double end) => _windows.Add(new Window(module, start, end));

    /// <summary>Puts another module into the last window.</summary>
    public void Replace(Module<double> module) => _windows[^1] = _windows[^1] with { Module = module };

    /// <summary>How unknowns are made of the output of a window's module, at points within the window.</summary>
    public FieldParts[] Parts(int window, Tensor<double> points, JetShape shape)
    {
        double[]?[][]? before = window == 0 ? null : Entry(window, points, shape);
        var parts = new FieldParts[Fields];
        for (int field = 0; field < Fields; field++)
        {
            FieldConstruction own = _construction.Fields[field];
            double[]?[]? lift = own.Lift.IsZero ? null : own.Lift.Evaluate(shape, points.Span);
            if (before is not null)
                lift = lift is null ? before[field] : [.. lift.Select((part, index) => Sum(part, before[field][index]))];
            GivenFunction distance = Distance(window, own);
            parts[field] = new FieldParts(lift, distance.IsOne ? null : distance.Evaluate(shape, points.Span));
        }

        return parts;
    }

    /// <summary>Derivatives of all unknowns at points anywhere: [field][component][point]. Points are taken some thousand at a time.</summary>
    public double[]?[][] Evaluate(Tensor<double> points, JetShape shape)
    {
        int count = points.Shape[0];
        var result = new double[]?[Fields][];
        for (int field = 0; field < Fields; field++)
            result[field] = [.. Enumerable.Range(0, shape.Count).Select(_ => new double[count])];
        foreach (var group in Enumerable.Range(0, count).GroupBy(row => WindowOf(points, row)))
        {
            foreach (int[] rows in group.Chunk(RowsPerPass))
            {
                Tensor<double> own = rows.Length == count ? points : AdaptivePoints.Rows(points, rows);
                double[]?[][] w = Corrections(group.Key, own, shape);
                for (int field = 0; field < Fields; field++)
                {
                    double[]?[] lift = _construction.Fields[field].Lift.Evaluate(shape, own.Span);
                    for (int component = 0; component < shape.Count; component++)
                    {
                        for (int index = 0; index < rows.Length; index++)
                            result[field][component]![rows[index]] = (lift[component]?[index] ?? 0) + (w[field][component]?[index] ?? 0);
                    }
                }
            }
        }

        return result;
    }

    private int WindowOf(Tensor<double> points, int row)
    {
        int window = 0;
        while (_timeAxis >= 0 && window < _windows.Count - 1 && points[row, _timeAxis] > _windows[window].End)
            window++;
        return window;
    }

    /// <summary>w and its derivatives in a window.</summary>
    private double[]?[][] Corrections(int window, Tensor<double> points, JetShape shape)
    {
        var tape = new Tape<double>(_executor) { RecordsGradients = false };
        int count = points.Shape[0];
        Jet<double> y = _windows[window].Module.Forward(_inputs.Record(tape, points, _inputs.Prepare(points, shape), shape, 0, count));
        double[]?[][]? before = window == 0 ? null : Entry(window, points, shape);
        var result = new double[]?[Fields][];
        for (int field = 0; field < Fields; field++)
        {
            GivenFunction distance = Distance(window, _construction.Fields[field]);
            var parts = new FieldParts(before?[field], distance.IsOne ? null : distance.Evaluate(shape, points.Span));
            Jet<double> u = parts.Of(Fields == 1 ? y : y.Slice(-1, field, 1), 0, count);
            result[field] = [.. shape.Components.Select(component => u[component].Values.ToArray())];
        }

        return result;
    }

    /// <summary>What a window goes on from, with its derivatives in the window.</summary>
    private double[]?[][] Entry(int window, Tensor<double> points, JetShape shape)
    {
        int orders = _construction.Fields.Max(field => field.InitialOrders);
        double start = _windows[window].Start;
        Tensor<double> entry = points.Clone();
        for (int row = 0; row < entry.Shape[0]; row++)
            entry[row, _timeAxis] = start;
        PartialDerivative[] space = [.. shape.Components.Where(component => component.Count(_timeAxis) == 0)];
        if (orders > 1 && space.Any(component => component.Order == PartialDerivative.MaxOrder))
            throw new NotSupportedException($"Fourth derivatives in space of a solution that goes on from window to window with its slope need derivatives of order 5; at most order {PartialDerivative.MaxOrder} is supported. Solve in one window.");
        IEnumerable<PartialDerivative> slopes = orders > 1
            ? shape.Components.Where(component => component.Count(_timeAxis) <= 1).Select(component => component.Count(_timeAxis) == 1 ? component : component.Then(_timeAxis))
            : [];
        JetShape needed = JetShape.Of([.. space, .. slopes]);
        double[]?[][] before = Corrections(window - 1, entry, needed);
        var result = new double[]?[Fields][];
        for (int field = 0; field < Fields; field++)
        {
            result[field] = new double[]?[shape.Count];
            for (int index = 0; index < shape.Count; index++)
            {
                PartialDerivative component = shape.Components[index];
                int times = component.Count(_timeAxis);
                if (times > 1 || (times == 1 && _construction.Fields[field].InitialOrders < 2))
                    continue;
                if (times == 1)
                {
                    result[field][index] = before[field][needed.IndexOf(component)];
                    continue;
                }

                double[] values = [.. before[field][needed.IndexOf(component)]!];
                if (_construction.Fields[field].InitialOrders > 1)
                {
                    double[] slope = before[field][needed.IndexOf(component.Then(_timeAxis))]!;
                    for (int row = 0; row < values.Length; row++)
                        values[row] += (points[row, _timeAxis] - start) * slope[row];
                }

                result[field][index] = values;
            }
        }

        return result;
    }

    private GivenFunction Distance(int window, FieldConstruction own)
    {
        Window place = _windows[window];
        if (place.Distances.TryGetValue(own, out GivenFunction? known))
            return known;
        Expression distance = own.SpaceDistance.Expression;
        if (own.InitialOrders > 0)
        {
            Expression time = (Expression.Variable(_variables[_timeAxis]) - place.Start) / (place.End - place.Start);
            distance *= Expression.Power(time, own.InitialOrders);
        }

        return place.Distances[own] = new GivenFunction(distance, _variables);
    }

    private static double[]? Sum(double[]? left, double[]? right)
    {
        if (left is null || right is null)
            return left ?? right;
        var sum = new double[left.Length];
        for (int index = 0; index < sum.Length; index++)
            sum[index] = left[index] + right[index];
        return sum;
    }

    /// <summary>A window of time; without time there is one, from 0 to 1.</summary>
    internal sealed record Window(Module<double> Module, double Start, double End)
    {
        public ConcurrentDictionary<FieldConstruction, GivenFunction> Distances { get; } = [];
    }
}
