using KanSharp.Autodiff;
using KanSharp.Benchmarks.Science;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Problems;
using KanSharp.Plotting;
using KanSharp.Tests.Equations.Truth;

namespace KanSharp.Benchmarks.Equations;

/// <summary>One problem solved with several seeds.</summary>
internal sealed class EquationRuns(BuiltInProblem problem, int seeds, TimeSpan limit, string folder)
{
    private const int MeshPoints = 101;

    /// <summary>Solves and measures.</summary>
    /// <param name="warm">Whether a run comes first that compiles the code and does not count.</param>
    public Report Run(bool warm)
    {
        Func<Tensor<double>, Tensor<double>>? truth = NumericalTruth.Of(problem);
        Tensor<double> points = Points();
        Tensor<double>? exact = truth?.Invoke(points);
        if (warm)
            Solve(0);
        var results = new List<(EquationSolution Solution, double Relative, double Largest, double Square)>();
        for (int seed = 0; seed < seeds; seed++)
        {
            EquationSolution solution = Solve((ulong)seed);
            (double relative, double largest, double square) = exact is null ? (double.NaN, double.NaN, double.NaN) : Errors(solution.Evaluate(points), exact);
            results.Add((solution, relative, largest, square));
        }

        Report report = new Report("equations").Add("problem", problem.Name).Add("seeds", seeds)
            .Add("relative_l2_error", ScienceFit.Median(results.Select(result => result.Relative))).Add("worst_relative_l2_error", results.Max(result => result.Relative))
            .Add("max_error", ScienceFit.Median(results.Select(result => result.Largest))).Add("mse", ScienceFit.Median(results.Select(result => result.Square)))
            .Add("residual", ScienceFit.Median(results.Select(result => result.Solution.Report.Residual)))
            .Add("seconds", ScienceFit.Median(results.Select(result => result.Solution.Report.Seconds))).Add("seconds_max", results.Max(result => result.Solution.Report.Seconds))
            .Add("parameters", (int)ScienceFit.Median(results.Select(result => (double)result.Solution.Report.Parameters)))
            .Add("iterations", (long)ScienceFit.Median(results.Select(result => (double)result.Solution.Report.Iterations)));
        foreach (string name in results[0].Solution.Coefficients.Keys)
            report.Add(name, ScienceFit.Median(results.Select(result => result.Solution.Coefficients[name])));
        if (results[0].Solution.Coefficients.ContainsKey("D"))
            report.Add("coefficient_error", CoefficientError(results.Select(result => result.Solution)));
        if (problem.Name == "cavity")
        {
            (double Table, double Differences)[] cavity = [.. results.Select(result => CavityLines.Errors(result.Solution))];
            report.Add("largest_difference_to_ghia", ScienceFit.Median(cavity.Select(one => one.Table))).Add("largest_difference_to_finite_differences", ScienceFit.Median(cavity.Select(one => one.Differences)));
        }

        if (EquationTarget.Of(problem.Name) is { } target)
        {
            double error = target.Measure switch
            {
                "max_error" => ScienceFit.Median(results.Select(result => result.Largest)),
                "mse" => ScienceFit.Median(results.Select(result => result.Square)),
                "coefficient_error" => CoefficientError(results.Select(result => result.Solution)),
                _ => ScienceFit.Median(results.Select(result => result.Relative)),
            };
            double parameters = ScienceFit.Median(results.Select(result => (double)result.Solution.Report.Parameters));
            report.Add("target", target.ToString()).Add("met", target.IsMet(error, ScienceFit.Median(results.Select(result => result.Solution.Report.Seconds)), parameters));
        }

        if (folder.Length > 0)
            Draw(results[0].Solution, truth);
        return report;
    }

    private EquationSolution Solve(ulong seed) => EquationSolver.Solve(Create(seed), problem.Options with { Seed = seed, TimeLimit = limit });

    /// <summary>Measurements and their noise differ from seed to seed.</summary>
    private EquationProblem Create(ulong seed) => problem.Name == "diffusion-inverse" ? InverseProblems.Diffusion(seed) with { Name = problem.Name } : problem.Create();

    private static double CoefficientError(IEnumerable<EquationSolution> solutions) => ScienceFit.Median(solutions.Select(solution => Math.Abs(solution.Coefficients["D"] / InverseProblems.Diffusivity - 1)));

    /// <summary>A mesh with the boundary on it, of the bounding box; points outside are left out. The Poisson problems have that of the KAN paper, 51 × 51.</summary>
    private Tensor<double> Points()
    {
        Domain domain = problem.Create().Domain;
        int perAxis = domain.Dimension == 1 ? 1001 : problem.Name.StartsWith("poisson", StringComparison.Ordinal) ? 51 : MeshPoints, count = (int)Math.Pow(perAxis, domain.Dimension);
        var rows = new List<double>();
        var point = new double[domain.Dimension];
        for (int index = 0; index < count; index++)
        {
            for (int axis = 0, rest = index; axis < point.Length; axis++, rest /= perAxis)
                point[axis] = domain.Bounds[axis].Low + (domain.Bounds[axis].High - domain.Bounds[axis].Low) * (rest % perAxis) / (perAxis - 1);
            if (domain.Contains(point))
                rows.AddRange(point);
        }

        return new Tensor<double>(new Shape(rows.Count / point.Length, point.Length), [.. rows]);
    }

    private static (double Relative, double Largest, double Square) Errors(Tensor<double> values, Tensor<double> exact)
    {
        double error = 0, size = 0, largest = 0;
        int count = 0;
        for (int index = 0; index < exact.Shape.Count; index++)
        {
            if (!double.IsFinite(exact.Span[index]))
                continue;
            double difference = values.Span[index] - exact.Span[index];
            (error, size, largest, count) = (error + difference * difference, size + exact.Span[index] * exact.Span[index], Math.Max(largest, Math.Abs(difference)), count + 1);
        }

        return (Math.Sqrt(error / size), largest, error / count);
    }

    private void Draw(EquationSolution solution, Func<Tensor<double>, Tensor<double>>? truth)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, Scene scene, _) in new SolutionPictures(solution, truth).All())
            File.WriteAllText(Path.Combine(folder, $"{problem.Name}-{name}.svg"), scene.ToSvg());
    }
}
