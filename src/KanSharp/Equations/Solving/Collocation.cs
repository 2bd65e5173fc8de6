using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Residuals;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Solving;

/// <summary>The points and blocks of residuals of one window.</summary>
internal sealed class Collocation(EquationProblem problem, Domain domain, Construction construction, WindowedField field, NetworkInputs inputs, int window, SolveOptions options, Executor executor, SolveClock clock)
{
    private const int PointsPerParameter = 4;
    private const int FewestPoints = 300;
    private const int MostPoints = 20_000;
    private const int PoolFactor = 8;
    private const double UniformOffset = 0.1;
    private readonly WindowPart _part = new(problem.Domain, domain);
    private readonly Dictionary<Expression, CompiledResidual> _compiled = [];

    /// <summary>Interior points: spread evenly, and from the second round on a share of them where the residual is large.</summary>
    /// <param name="model">The model.</param>
    /// <param name="coefficients">The unknown coefficients as they are.</param>
    /// <param name="adapts">Whether points go where the residual is large.</param>
    /// <param name="round">Number of the round.</param>
    public Tensor<double> Points(SolverModel model, IReadOnlyList<Parameter<double>> coefficients, bool adapts, int round)
    {
        int count = options.Points ?? Math.Clamp(PointsPerParameter * model.Parameters / problem.Equations.Count, FewestPoints, MostPoints);
        int adaptive = adapts ? (int)(count * options.AdaptiveShare) : 0;
        ulong seed = options.Seed + 1 + (ulong)(window * 101 + round);
        Tensor<double> spread = domain.Interior(count - adaptive, options.Sequence, seed);
        if (adaptive == 0)
            return spread;
        Tensor<double> pool = domain.Interior(PoolFactor * adaptive, PointSequence.Random, seed + 13);
        double[] scores = new CollocationSystem(model.Module, coefficients, [Interior(pool)], executor, clock.Check).Magnitudes(0);
        for (int index = 0; index < scores.Length; index++)
            scores[index] = double.IsFinite(scores[index]) ? scores[index] : 0;
        if (!Array.Exists(scores, score => score > 0))
            return spread;
        return Join(spread, AdaptivePoints.Rows(pool, AdaptivePoints.ByDensity(scores, adaptive, seed + 29, 1, UniformOffset)));
    }

    /// <summary>All residuals at points.</summary>
    public CollocationSystem System(SolverModel model, IReadOnlyList<Parameter<double>> coefficients, Tensor<double> points)
    {
        var blocks = new List<CollocationBlock> { Interior(points) };
        int side = SidePoints(points.Shape[0]);
        foreach (Condition condition in construction.Soft)
        {
            if (Block(condition, side) is { } block)
                blocks.Add(block);
        }

        int conditions = blocks.Count - 1;
        foreach (Observations data in problem.Data)
            blocks.Add(Block(data));
        var system = new CollocationSystem(model.Module, coefficients, blocks, executor, clock.Check);
        if (options.Balance == LossBalance.Traces && blocks.Count > 1)
            Balance(system, conditions);
        return system;
    }

    /// <summary>Root mean square of the residuals of the equations at points.</summary>
    public double Residual(SolverModel model, IReadOnlyList<Parameter<double>> coefficients, Tensor<double> points) =>
        Math.Sqrt(new CollocationSystem(model.Module, coefficients, [Interior(points)], executor, () => { }).MeanSquares()[0]);

    /// <summary>What inner grids follow: the interior points, with the corners of a box, so that sides are within.</summary>
    public Tensor<double> Inputs(Tensor<double> points)
    {
        int dimension = domain.Dimension;
        if (dimension > 4 || domain is not (Box or TimeDomain { Space: Box }))
            return inputs.Rows(points);
        var corners = new Tensor<double>(new Shape(1 << dimension, dimension));
        for (int corner = 0; corner < corners.Shape[0]; corner++)
        {
            for (int axis = 0; axis < dimension; axis++)
                corners[corner, axis] = (corner >> axis & 1) == 0 ? domain.Bounds[axis].Low : domain.Bounds[axis].High;
        }

        return inputs.Rows(Join(points, corners));
    }

    private CollocationBlock Interior(Tensor<double> points) => new("equations", problem.Names, problem.Equations, points, null, Fields, 1, inputs, _compiled);

    /// <summary>A condition as far as it holds in this window; null if it does not.</summary>
    private CollocationBlock? Block(Condition condition, int count)
    {
        if (condition.Points is { } given)
        {
            return _part.Points(given) is { } within
                ? new CollocationBlock(condition.ToString(), problem.Names, [condition.Residual!], within, null, Fields, condition.Weight, inputs, _compiled)
                : null;
        }

        Side[] sides = _part.Sides(condition.Sides);
        if (sides.Length == 0)
            return null;
        Tensor<double>? points = null, normals = null;
        foreach (Side own in sides)
        {
            Tensor<double> more = own.Points(count, PointSequence.Chebyshev, options.Seed + 3);
            Tensor<double> outward = own.Normals(more);
            (points, normals) = points is null ? (more, outward) : (Join(points, more), Join(normals!, outward));
        }

        return new CollocationBlock(condition.ToString(), problem.Names, [condition.Residual!], points!, normals, Fields, condition.Weight, inputs, _compiled);
    }

    private CollocationBlock Block(Observations data)
    {
        double[] values = [.. data.Values];
        string unknown = data.Unknown;
        Residual residual = Equations.Residual.Of(
            $"data of {unknown}", at => at[unknown] - at.Tape.Constant(values.AsSpan(at.Start, at.Count), new Shape(at.Count, 1)));
        return new CollocationBlock($"data of {unknown}", problem.Names, [residual], data.Points, null, Fields, data.Weight, inputs);
    }

    private FieldParts[] Fields(Tensor<double> points, JetShape shape) => field.Parts(window, points, shape);

    private int SidePoints(int interior) => domain.Dimension == 1 ? 1 : Math.Max(50, (int)(2 * Math.Pow(interior, (domain.Dimension - 1.0) / domain.Dimension)));

    /// <summary>Conditions get the weight of the equations. Data keep theirs: they are as good as they are, and more weight would fit their noise.</summary>
    private static void Balance(CollocationSystem system, int conditions)
    {
        double[] traces = system.Traces();
        for (int index = 1; index <= conditions; index++)
        {
            if (traces[index] > 0 && traces[0] > 0)
                system.Blocks[index].Weight *= Math.Clamp(traces[0] / traces[index], 1e-6, 1e9);
        }
    }

    private static Tensor<double> Join(Tensor<double> first, Tensor<double> second)
    {
        var all = new Tensor<double>(new Shape(first.Shape[0] + second.Shape[0], first.Shape[1]));
        first.Span.CopyTo(all.Span);
        second.Span.CopyTo(all.Span[first.Span.Length..]);
        return all;
    }
}
