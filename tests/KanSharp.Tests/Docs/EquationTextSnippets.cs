using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Text;
using KanSharp.Interchange;

namespace KanSharp.Tests.Docs;

/// <summary>The C# block about equations as text in docs/equations.md.</summary>
public sealed class EquationTextSnippets : SnippetTestBase
{
    [Fact]
    public void Text()
    {
        // begin snippet: equations-text
        EquationProblem problem = EquationText.Parse(
            "u_t = D*u_xx - u*u_x", "x=-1..1, t=0..1", boundary: "u=0", initial: "u = -sin(pi*x)", coefficients: "D=0.1");
        foreach (ProblemIssue issue in ProblemCheck.Find(problem))
            Console.WriteLine(issue);                             // warning: there are no data to identify D from; ...
        EquationProblem known = EquationText.Parse("y'' + y = 0", "x=0..1", "y(0)=0; y'(0)=1", reference: "sin(x)");
        EquationSolution solution = EquationSolver.Solve(known);
        SolutionFolder.Save("oscillation", solution);
        double end = SolutionFolder.Load("oscillation").Evaluate(new Tensor<double>(new Shape(1, 1), [1]))[0, 0];   // sin(1)
        // end snippet
        Assert.StartsWith("warning: there are no data to identify D from; ", Printed);
        Assert.Equal(Math.Sin(1), end, 1e-8);
    }
}
