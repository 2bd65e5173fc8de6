using KanSharp.Autodiff;
using KanSharp.Equations.Solving;
using KanSharp.Networks;

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
