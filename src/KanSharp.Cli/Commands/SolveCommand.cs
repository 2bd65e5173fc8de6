using System.CommandLine;
using KanSharp.Cli.Solving;
using KanSharp.Networks;

namespace KanSharp.Cli.Commands;

/// <summary>kan solve: from a differential equation to its solution.</summary>
internal static class SolveCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var equation = new Argument<string>("EQUATION") { Description = "Equations with semicolons between them, such as \"u_xx + u_yy = 1\" or \"y'' + y = 0\"; or the name of a built-in problem; or 'list', which lists those." };
        Option<string?> on = Parse.Text("--on", "DOMAIN", "Where the equations hold: ranges such as \"x=-1..1, t=0..1\", disc(0,0,1), lshape or polygon(0 0, 1 0, 0.5 1).");
        Option<string[]> boundary = Many("--boundary", "CONDITIONS", "Conditions: \"u=0\" on the whole boundary, \"u(x=-1)=0; u_n(x=1)=1\" on sides, \"y(0)=1\" at points, \"periodic x\".");
        Option<string[]> initial = Many("--initial", "CONDITIONS", "Conditions at the beginning of time t: \"u=sin(pi*x); u_t=0\".");
        Option<string?> reference = Parse.Text("--reference", "EXPR", "The known solution, to measure the error against: \"sin(x)\", or \"u=sin(x); v=cos(x)\".");
        Option<string?> unknowns = Parse.Text("--unknowns", "NAMES", "Names of the unknowns, with commas between them. [default: those that are differentiated]");
        Option<string[]> coefficients = Many("--unknown-coefficient", "D=1", "A number in the equations to be identified, with the value to start from.");
        Option<string?> data = Parse.Text("--data", "FILE", "CSV or TSV file of measurements: columns with the names of the variables and of unknowns.");
        Option<string?> width = Parse.Text("--width", "2,6,1", "Nodes per level of the network, from the variables to the unknowns. [default: products of functions of one variable each]");
        Option<int?> rank = Parse.Count("--rank", "Products for each unknown, where --width is not given. [default: by the problem]", 1, 200);
        Option<int[]?> grid = Parse.Counts("--grid", "10,20", "10,20,40", "Intervals of the grids, stage by stage. [default: by the problem]", 1);
        Option<int?> degree = Parse.Count("--degree", "Degree of the splines, above the order of the equations. [default: 5 more than that]", 1, 10);
        Option<int?> points = Parse.Count("--points", "Collocation points. [default: by the number of parameters]", 1, 10_000_000);
        Option<int?> windows = Parse.Count("--windows", "Windows of time, solved one after the other. [default: by the problem]", 1, 1000);
        Option<string?> solver = Parse.Choice("--solver", "How the residuals are minimised. [default: lm]", "lm", "ssbroyden", "ssbfgs", "lbfgs", "adam", "adamw", "rmsprop", "sgd");
        Option<int?> steps = Parse.Count("--steps", "Steps of the solver between two adaptations of the points. [default: 100, 2000 where --solver is not lm]", 1);
        Option<TimeSpan?> limit = Parse.Duration("--time-limit", "Longest time; the best solution so far is the result. [default: none]");
        Option<ulong?> seed = Parse.Seed("Seed of points and initial values; the same seed gives the same solution, unless the time limit ends the work. [default: 0]");
        Option<int?> threads = Parse.Count("--threads", "Threads. [default: one per processor]", 1, 1024);
        var soft = new Option<bool>("--soft") { Description = "Do not build conditions into the solution; leave them to the loss." };
        var formula = new Option<bool>("--formula") { Description = "Look for a formula for every unknown afterwards." };
        Option<TimeSpan?> formulaLimit = Parse.Duration("--formula-time", "Longest time of the search for each formula. [default: 60s]");
        Option<string?> output = Parse.Text("--out", "DIR", "Folder for a page, pictures, the solution on a mesh as CSV, and the networks with the problem.");
        Option<bool> json = Parse.Json();
        var quiet = new Option<bool>("--quiet") { Description = "Show no progress." };
        var command = new Command("solve", "Solve differential equations, given as text, with a network.")
        {
            equation, on, boundary, initial, reference, unknowns, coefficients, data, width, rank, grid, degree, points, windows, solver, steps, limit, seed, threads, soft, formula,
            formulaLimit, output, json, quiet,
        };
        command.SetAction(parsed =>
        {
            string text = parsed.GetRequiredValue(equation);
            if (text == SolveListing.Word)
                return SolveListing.Write(parsed.GetValue(json), terminal);
            var settings = new SolveSettings
            {
                Equations = text,
                Domain = parsed.GetValue(on),
                Boundary = Joined(parsed.GetValue(boundary)),
                Initial = Joined(parsed.GetValue(initial)),
                Reference = parsed.GetValue(reference),
                Unknowns = parsed.GetValue(unknowns),
                Coefficients = Joined(parsed.GetValue(coefficients)),
                Data = parsed.GetValue(data),
                Width = Shape(parsed.GetValue(width)),
                Rank = parsed.GetValue(rank),
                Grids = parsed.GetValue(grid) is { Length: > 0 } intervals ? intervals : null,
                Degree = parsed.GetValue(degree),
                Points = parsed.GetValue(points),
                Windows = parsed.GetValue(windows),
                Solver = parsed.GetValue(solver),
                Steps = parsed.GetValue(steps),
                TimeLimit = parsed.GetValue(limit),
                Seed = parsed.GetValue(seed) ?? 0,
                Threads = parsed.GetValue(threads) ?? 0,
                Soft = parsed.GetValue(soft),
                Formula = parsed.GetValue(formula),
                FormulaTime = parsed.GetValue(formulaLimit),
                Out = parsed.GetValue(output),
                Quiet = parsed.GetValue(quiet),
            };
            return SolveWork.Run(settings, parsed.GetValue(json), terminal, cancellation);
        });
        return command;
    }

    private static Option<string[]> Many(string name, string help, string description) => new(name) { HelpName = help, Description = description };

    /// <summary>An option that is given several times is one text.</summary>
    private static string? Joined(string[]? texts) => texts is { Length: > 0 } ? string.Join("; ", texts) : null;

    private static NetworkShape? Shape(string? text)
    {
        if (text is null)
            return null;
        try
        {
            return NetworkShape.Parse(text);
        }
        catch (FormatException error)
        {
            throw UserErrorException.Usage($"--width: {error.Message}");
        }
    }
}
