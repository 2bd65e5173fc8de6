using KanSharp.Autodiff;
using KanSharp.Equations.Solving;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Equations;

/// <summary>A solved problem: the unknowns as functions with exact derivatives, and what is known about their error.</summary>
public sealed class EquationSolution
{
    private readonly SolutionField _field;

    internal EquationSolution(EquationProblem problem, SolutionField field, SolveReport report, IReadOnlyDictionary<string, double> coefficients) =>
        (Problem, _field, Report, Coefficients) = (problem, field, report, coefficients);

    /// <summary>The problem.</summary>
    public EquationProblem Problem { get; }

    /// <summary>How it was solved, residuals, error estimates and notes.</summary>
    public SolveReport Report { get; }

    /// <summary>Values of the identified coefficients.</summary>
    public IReadOnlyDictionary<string, double> Coefficients { get; }

    /// <summary>The networks, one for each window of time; inside what is built in around them.</summary>
    public IReadOnlyList<KanNetwork<double>> Networks => _field.Networks;

    /// <summary>The unknowns as functions.</summary>
    internal SolutionField Field => _field;

    /// <summary>The unknowns at points.</summary>
    /// <param name="points">[N, d], variables in the order of the domain.</param>
    /// <returns>[N, unknowns].</returns>
    public Tensor<double> Evaluate(Tensor<double> points)
    {
        Check(points);
        return _field.Evaluate(points, PartialDerivative.Value);
    }

    /// <summary>A derivative of an unknown at points, exact for the solution as it is: <c>Derivative(points, "u_xx")</c>.</summary>
    /// <param name="points">[N, d].</param>
    /// <param name="name">An unknown or derivative.</param>
    /// <returns>N values.</returns>
    /// <exception cref="ArgumentException">Nothing has that name.</exception>
    public double[] Derivative(Tensor<double> points, string name)
    {
        Check(points);
        if (Problem.Names.Explain(name, out FieldDerivative derivative) is { } problem)
            throw new ArgumentException(problem + ".", nameof(name));
        Tensor<double> all = _field.Evaluate(points, derivative.Partial);
        int fields = Problem.Unknowns.Count;
        var values = new double[points.Shape[0]];
        for (int row = 0; row < values.Length; row++)
            values[row] = all.Span[row * fields + derivative.Field];
        return values;
    }

    /// <summary>The integral of an expression of variables, unknowns and derivatives over the domain, by Gauss quadrature.</summary>
    /// <param name="expression">For example <c>u_x^2 + u_y^2</c>.</param>
    /// <param name="pointsPerAxis">Gauss points per axis (default 64).</param>
    public double Integrate(string expression, int pointsPerAxis = 64)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        Domains.Quadrature rule = Problem.Domain.Quadrature(pointsPerAxis);
        return rule.Integrate(Values(expression, rule.Points));
    }

    /// <summary>An expression of variables, unknowns, derivatives and coefficients at points.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="points">[N, d].</param>
    public double[] Values(string expression, Tensor<double> points)
    {
        Check(points);
        return _field.Values(Problem, Equations.Residual.Parse(expression), points, Coefficients);
    }

    /// <summary>What an equation leaves at points: its left less its right side.</summary>
    /// <param name="points">[N, d].</param>
    /// <param name="equation">Number of the equation, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such equation.</exception>
    public double[] Residual(Tensor<double> points, int equation = 0)
    {
        Check(points);
        return equation >= 0 && equation < Problem.Equations.Count
            ? _field.Values(Problem, Problem.Equations[equation], points, Coefficients)
            : throw new ArgumentOutOfRangeException(nameof(equation), equation, $"The problem has the equations 0 to {Problem.Equations.Count - 1}.");
    }

    private void Check(Tensor<double> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Shape.Rank != 2 || points.Shape[1] != Problem.Domain.Dimension)
            throw new ArgumentException($"Points have shape [N, {Problem.Domain.Dimension}] ({string.Join(", ", Problem.Domain.Variables)}), not {points.Shape}.", nameof(points));
    }
}

/// <summary>What a solver found out.</summary>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Iterations">Steps in all.</param>
/// <param name="Parameters">Trainable numbers of all networks.</param>
/// <param name="Points">Collocation points inside the domain, or the window, in the last round.</param>
/// <param name="Residual">Root mean square of the residuals of the equations at fresh points.</param>
/// <param name="MaxResidual">Largest residual at fresh points.</param>
/// <param name="Conditions">Root mean square of every condition that is not built in, by its text.</param>
/// <param name="BuiltIn">Conditions that hold by construction.</param>
/// <param name="RelativeError">Relative L2 error against the reference at fresh points; null without a reference.</param>
/// <param name="MaxError">Largest error against the reference; null without.</param>
/// <param name="ErrorEstimate">Relative L2 difference between the last two grid stages, an estimate of the error; of the first window of time, null with one stage.</param>
/// <param name="Stages">Every stage.</param>
/// <param name="Notes">What a user should know: conditions that could not be built in, corners that contradict, points outside.</param>
public sealed record SolveReport(
    StopReason StopReason, double Seconds, long Iterations, int Parameters, int Points, double Residual, double MaxResidual, IReadOnlyDictionary<string, double> Conditions,
    IReadOnlyList<string> BuiltIn, double? RelativeError, double? MaxError, double? ErrorEstimate, IReadOnlyList<SolveStage> Stages, IReadOnlyList<string> Notes);

/// <summary>One stage of grids in one window.</summary>
/// <param name="Window">Window of time, from 1.</param>
/// <param name="Intervals">Intervals of the grids.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="Iterations">Steps.</param>
/// <param name="Loss">Loss at the end.</param>
/// <param name="Residual">Root mean square of the residuals at the collocation points.</param>
/// <param name="RelativeError">Relative L2 error against the reference within the windows solved so far; null without.</param>
/// <param name="Seconds">Time since the start.</param>
public sealed record SolveStage(int Window, int Intervals, int Parameters, long Iterations, double Loss, double Residual, double? RelativeError, double Seconds);
