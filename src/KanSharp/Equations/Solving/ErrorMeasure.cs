using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Solving;

/// <summary>Errors against a known solution at fixed points.</summary>
internal sealed class ErrorMeasure
{
    private const int Count = 2000;
    private readonly Tensor<double> _points;
    private readonly double[]?[] _truth;
    private readonly int _timeAxis;

    private ErrorMeasure(Tensor<double> points, double[]?[] truth, int timeAxis) => (_points, _truth, _timeAxis) = (points, truth, timeAxis);

    /// <summary>The measure for the problem's reference; null without.</summary>
    public static ErrorMeasure? Create(EquationProblem problem, ulong seed)
    {
        if (problem.Reference.Count == 0)
            return null;
        Tensor<double> points = problem.Domain.Interior(Count, PointSequence.Sobol, seed + 104729);
        double[]?[] truth = [.. problem.Unknowns.Select(name => problem.Reference.TryGetValue(name, out Expression? expression) ? expression.Compile(problem.Domain.Variables).Evaluate(points.Span) : null)];
        return new ErrorMeasure(points, truth, TimeAxis.Of(problem.Domain));
    }

    /// <summary>‖a − b‖/‖b‖.</summary>
    public static double Relative(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double error = 0, size = 0;
        for (int index = 0; index < a.Length; index++)
            (error, size) = (error + (a[index] - b[index]) * (a[index] - b[index]), size + b[index] * b[index]);
        return Math.Sqrt(error / Math.Max(size, double.Epsilon));
    }

    /// <summary>Relative L2 error within the windows solved so far.</summary>
    public double Relative(WindowedField field) => Measure(field).Relative;

    /// <summary>Relative L2 and largest error within the windows solved so far.</summary>
    public (double Relative, double Largest) Measure(WindowedField field)
    {
        double[]?[][] values = field.Evaluate(_points, JetShape.Of());
        double end = field.Windows[^1].End, error = 0, size = 0, largest = 0;
        for (int unknown = 0; unknown < _truth.Length; unknown++)
        {
            if (_truth[unknown] is not { } truth)
                continue;
            for (int row = 0; row < truth.Length; row++)
            {
                if (_timeAxis >= 0 && _points[row, _timeAxis] > end)
                    continue;
                if (!double.IsFinite(truth[row]))
                    continue;
                double difference = values[unknown][0]![row] - truth[row];
                (error, size, largest) = (error + difference * difference, size + truth[row] * truth[row], Math.Max(largest, Math.Abs(difference)));
            }
        }

        return (Math.Sqrt(error / Math.Max(size, double.Epsilon)), largest);
    }
}
