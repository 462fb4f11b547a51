System.Console.WriteLine("ccc");
