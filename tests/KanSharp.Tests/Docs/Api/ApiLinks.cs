using System.Text.RegularExpressions;

namespace KanSharp.Tests.Docs.Api;

/// <summary>References between the pages.</summary>
internal static class ApiLinks
{
    /// <summary>The page of a namespace.</summary>
    public static string Page(string @namespace) => @namespace + ".md";

    /// <summary>The name of a type's place on its page.</summary>
    public static string Anchor(string typeName) => typeName.Replace('`', '-');

    /// <summary>A reference from a documentation comment: a link where it leads to a type of ours, else code.</summary>
    public static string To(string cref)
    {
        (string kind, string id) = (cref[..1], cref[2..]);
        string[] path = Regex.Replace(id, @"[({].*", "").Split('.');
        // the last part is the member where the reference is to one
        int type = kind == "T" ? path.Length - 1 : path.Length - 2;
        if (kind == "!" || type < 0)
            return $"`{path[^1]}`";
        string name = id switch { "System.Single" => "float", "System.Double" => "double", "System.String" => "string", "System.Int32" => "int", _ => Plain(path[type]) };
        string shown = kind == "T" ? name : path[^1] is "#ctor" ? name : $"{name}.{Plain(path[^1])}";
        string @namespace = string.Join('.', path.Take(type));
        return @namespace.StartsWith("KanSharp.", StringComparison.Ordinal) ? $"[`{shown}`]({Page(@namespace)}#{Anchor(path[type])})" : $"`{shown}`";
    }

    private static string Plain(string name) => name.Split('`')[0];
}
