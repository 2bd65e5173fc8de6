namespace KanSharp.Data;

/// <summary>How the target columns become numbers or class indices.</summary>
public sealed class TargetEncoding
{
    private const int MostAutomaticClasses = 20;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>Creates the encoding of targets.</summary>
    /// <param name="task">The task.</param>
    /// <param name="columns">Target columns; exactly one for classification.</param>
    /// <param name="classes">Class labels in the order of their indices; empty for regression.</param>
    /// <exception cref="ArgumentException">The counts do not fit the task, or a label occurs twice.</exception>
    public TargetEncoding(TaskKind task, IReadOnlyList<string> columns, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(classes);
        Task = task;
        Columns = columns;
        Classes = classes;
        if (task == TaskKind.Classification ? columns.Count != 1 || classes.Count < 2 : columns.Count == 0 || classes.Count > 0)
            throw new ArgumentException($"{columns.Count} target columns and {classes.Count} class labels do not make a {task} task");
        for (int i = 0; i < classes.Count; i++)
        {
            if (!_index.TryAdd(classes[i], i))
                throw new ArgumentException($"class label '{classes[i]}' occurs twice");
        }
    }

    /// <summary>The task.</summary>
    public TaskKind Task { get; }

    /// <summary>Target columns in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Class labels by index: texts in ordinal order, numbers by value; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Outputs a model needs: the target columns, or the classes.</summary>
    public int Outputs => Task == TaskKind.Classification ? Classes.Count : Columns.Count;

    internal int IndexOf(string label) => _index.TryGetValue(label, out int index) ? index : -1;

    internal static TargetEncoding Fit(Table table, IReadOnlyList<string> names, TaskKind? task, int maxClasses)
    {
        TableColumn[] columns = [.. names.Select(name => table[name])];
        TaskKind chosen = task ?? Detect(columns);
        if (chosen == TaskKind.Classification)
        {
            return columns.Length == 1
                ? new TargetEncoding(chosen, [.. names], Labels(columns[0], maxClasses, table.Name))
                : throw new ArgumentException($"classification takes one target column, not {columns.Length}", nameof(names));
        }

        foreach (TableColumn column in columns)
        {
            if (!column.IsNumeric)
                throw new DataFormatException(
                    "a regression target must be numbers; this column holds texts (choose classification)",
                    table.Name, column: column.Name);
        }

        return new TargetEncoding(chosen, [.. names], []);
    }

    private static TaskKind Detect(TableColumn[] columns)
    {
        if (columns.Length > 1)
            return TaskKind.Regression;
        if (!columns[0].IsNumeric)
            return TaskKind.Classification;
        var values = new HashSet<double>();
        foreach (double number in columns[0].Numbers)
        {
            if (double.IsNaN(number))
                continue;
            if (!double.IsInteger(number))
                return TaskKind.Regression;
            values.Add(number);
            if (values.Count > MostAutomaticClasses)
                return TaskKind.Regression;
        }

        return values.Count > 1 ? TaskKind.Classification : TaskKind.Regression;
    }

    private static string[] Labels(TableColumn column, int maxClasses, string? tableName)
    {
        string[] labels;
        if (column.IsNumeric)
        {
            foreach (double number in column.Numbers)
            {
                if (!double.IsNaN(number) && !double.IsInteger(number))
                    throw new DataFormatException(
                        $"class labels must be texts or integers; found {TableColumn.LabelOf(number)} (choose regression)",
                        tableName, column: column.Name);
            }

            labels = [.. column.Numbers.ToArray().Where(number => !double.IsNaN(number)).Distinct().Order().Select(TableColumn.LabelOf)];
        }
        else
        {
            labels = [.. column.Texts.ToArray().OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        }

        if (labels.Length < 2)
            throw new DataFormatException(
                $"classification needs at least two different labels; found {labels.Length}", tableName, column: column.Name);
        if (labels.Length > maxClasses)
        {
            throw new DataFormatException(
                $"{labels.Length} different labels; at most {maxClasses} are taken as classes (choose another target, or raise MaxCategories)", tableName, column: column.Name);
        }

        return labels;
    }
}
