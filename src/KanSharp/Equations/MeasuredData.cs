using KanSharp.Autodiff;
using KanSharp.Data;

namespace KanSharp.Equations;

/// <summary>Measured values from a table: columns with the names of the variables say where, columns with the names of unknowns what was measured.</summary>
public static class MeasuredData
{
    /// <summary>The measurements of every unknown that has a column. Rows in which its cell is empty are left out.</summary>
    /// <param name="table">The table; other columns are not looked at.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="weight">Weight in the loss; positive.</param>
    /// <exception cref="DataFormatException">A variable has no column, no unknown has one, or a cell is no finite number.</exception>
    public static IReadOnlyList<Observations> Of(Table table, EquationProblem problem, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(problem);
        ReadOnlyMemory<double>[] places = [.. problem.Domain.Variables.Select(name => Numbers(table, name))];
        List<Observations> found = [];
        foreach (string unknown in problem.Unknowns.Where(name => table.TryGet(name, out _)))
        {
            ReadOnlyMemory<double> values = Numbers(table, unknown);
            int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => !double.IsNaN(values.Span[row]))];
            if (rows.Length == 0)
                throw new DataFormatException("there is no number in it", table.Name, column: unknown);
            var points = new Tensor<double>(new Shape(rows.Length, places.Length));
            for (int index = 0; index < rows.Length; index++)
            {
                for (int axis = 0; axis < places.Length; axis++)
                {
                    double at = places[axis].Span[rows[index]];
                    points[index, axis] = double.IsFinite(at) ? at : throw new DataFormatException("a coordinate is missing", table.Name, table.LineOf(rows[index]), problem.Domain.Variables[axis]);
                }
            }

            found.Add(new Observations(unknown, points, [.. rows.Select(row => values.Span[row])], weight));
        }

        return found.Count > 0
            ? found
            : throw new DataFormatException($"no column has the name of an unknown ({string.Join(", ", problem.Unknowns)}); columns are {string.Join(", ", table.Columns.Select(column => column.Name))}", table.Name);
    }

    private static ReadOnlyMemory<double> Numbers(Table table, string name)
    {
        TableColumn column = table[name];
        return column.IsNumeric ? column.Numbers.ToArray() : throw new DataFormatException("it holds texts; numbers are needed", table.Name, column: name);
    }
}
